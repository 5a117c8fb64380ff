// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.core.Nearest;
import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import io.highwater.rules.Alert;
import io.highwater.rules.Alerts;
import io.highwater.rules.RunbookPage;
import io.highwater.rules.Runbooks;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /runbooks}: every alert with what it means; {@code /runbooks/ALERT}: what to do when it fires, in Markdown. They are
 * here so that a link in a page at night needs nothing but the agent.
 */
public final class RunbooksPage implements Handler {

    public static final String PATH = "/runbooks";

    @Override
    public Response handle(Request request) {
        var name = request.path()
                .substring(Math.min(request.path().length(), PATH.length() + 1))
                .replaceFirst("\\.md$", "");
        if (name.isEmpty()) {
            return Response.text(200, index());
        }
        var names = new TreeSet<>(Runbooks.names());
        Alerts.all().stream().map(Alert::name).forEach(names::add);
        if (names.contains(name)) {
            return Response.text(200, RunbookPage.named(name).stripTrailing());
        }
        return Response.text(404, "there is no alert " + name + nearest(Nearest.to(name, names)));
    }

    private static String nearest(Optional<String> known) {
        return known.map(other -> "; did you mean " + PATH + "/" + other + "?").orElse("; all of them are at " + PATH);
    }

    private static String index() {
        return Stream.of("critical: page", "warning: ticket", "info: context")
                        .map(line -> line + "\n")
                        .collect(Collectors.joining())
                + Alerts.all().stream()
                        .map(alert -> "\n%-8s %s/%s\n         %s"
                                .formatted(alert.severity().label(), PATH, alert.name(), alert.means()))
                        .collect(Collectors.joining());
    }
}
