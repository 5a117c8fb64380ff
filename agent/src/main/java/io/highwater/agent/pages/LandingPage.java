// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.agent.self.ConfigState;
import io.highwater.agent.self.History;
import io.highwater.core.SnapshotStore;
import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** {@code /}: every target with its state and its last error, for people. No script, nothing from elsewhere. */
public final class LandingPage implements Handler {

    private static final String TEMPLATE = resource("landing.html");

    private static final List<String> LINKS = List.of("/metrics", "/runbooks", "/-/ready", "/-/healthy");

    private final SnapshotStore store;
    private final History history;
    private final Supplier<ConfigState> config;
    private final String build;

    /** @param build which build this is, on one line */
    public LandingPage(SnapshotStore store, History history, Supplier<ConfigState> config, String build) {
        this.store = store;
        this.history = history;
        this.config = config;
        this.build = build;
    }

    @Override
    public Response handle(Request request) {
        var page = Html.of(
                TEMPLATE,
                summary(),
                links(),
                problems(),
                new TargetCards(store, history, System.nanoTime()).all(),
                HistoryTable.of(history.failed()),
                HistoryTable.of(history.recent()),
                build);
        return Response.html(page.markup())
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }

    private String summary() {
        long now = System.nanoTime();
        var pulses = store.pulses();
        long up = pulses.stream().filter(pulse -> pulse.slot().up(now)).count();
        return up + " of " + pulses.size() + " targets up. Configuration in force since "
                + Times.utc(config.get().since()) + ".";
    }

    private static Html links() {
        return Html.all(LINKS.stream()
                .map(link -> Html.of("<a href=\"{}\">{}</a>", link, link))
                .toList());
    }

    private Html problems() {
        var problems = config.get().problems();
        return problems.isEmpty() ? Html.NOTHING : Html.of("""
                        <p class="error">The configuration was refused when it was last read; the one before stays in force:</p>
                        <pre class="card">{}</pre>
                        """, String.join("\n", problems));
    }

    private static String resource(String name) {
        try (var in = LandingPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
