// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for a URL and looks at the answer. */
final class HttpProber implements Prober {

    private final HttpSettings settings;
    private final Conditions conditions;
    private final HttpTransport transport;
    private volatile @Nullable HttpVisit visit;

    HttpProber(HttpSettings settings) {
        this.settings = settings;
        this.conditions = settings.conditions();
        this.transport = new HttpTransport(settings.way(), settings.target());
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure, CollectionException, InterruptedException {
        var login = HttpTransport.authorization(settings.access());
        var secrets = KnownSecrets.of(Set.of(), login);
        var ask = settings.ask(login);
        try (var begun = transport.visit()) {
            visit = begun;
            try {
                var answer = begun.send(ask, attempt, conditions.wantBody());
                check(ask.where(), answer, secrets, attempt, out);
            } catch (ProbeFailure e) {
                throw secrets.masked("", e);
            } finally {
                begun.addTo(out);
                begun.addAnswerTo(out);
            }
        } finally {
            visit = null;
        }
    }

    private void check(String what, HttpAnswer answer, KnownSecrets secrets, Attempt attempt, Samples out)
            throws ProbeFailure {
        boolean matched = true;
        try {
            conditions.check(what, answer, secrets, attempt);
        } catch (ProbeFailure e) {
            boolean looked = e.reason() == FailureReason.HEADER || e.reason() == FailureReason.BODY;
            matched = !looked || answer.broken().filter(e::equals).isPresent();
            throw e;
        } finally {
            out.add(TcpProber.FAILED_DUE_TO_REGEX, !matched);
        }
        var version = String.format(Locale.ROOT, "HTTP/%.1f", answer.version());
        if (!settings.httpVersions().isEmpty() && !settings.httpVersions().contains(version)) {
            throw new ProbeFailure(FailureReason.PROTOCOL, what + ": the answer is " + version);
        }
        if (!settings.overTls().allows(answer.url().isHttps())) {
            throw new ProbeFailure(
                    FailureReason.TLS,
                    what + ": TLS is " + settings.overTls() + ", and the last answer came "
                            + (answer.url().isHttps() ? "over it" : "without"));
        }
    }

    @Override
    public void abort() {
        var begun = visit;
        if (begun != null) {
            begun.abort();
        }
    }

    @Override
    public void close() {
        abort();
    }
}
