// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.probe.TcpSettings.Exchange;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileServer;
import io.highwater.lab.RedisSet;
import io.highwater.lab.Site;
import io.highwater.lab.Sites;
import io.highwater.lab.Step;
import io.highwater.lab.junit.RedisSetExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that is talked with, and servers that nobody would. */
class TcpProberTest {

    @RegisterExtension
    static final RedisSetExtension lab = new RedisSetExtension(RedisSet.plan());

    private static TcpSettings settings(String address, Exchange... turns) {
        return new TcpSettings(address, Optional.empty(), StartTls.NONE, Optional.empty(), List.of(turns));
    }

    private static Exchange expect(String pattern) {
        return new Exchange(Optional.of(Pattern.compile(pattern)), Optional.empty(), false);
    }

    private static Exchange say(String words) {
        return new Exchange(Optional.empty(), Optional.of(words), false);
    }

    private static Tried tried(HostileServer server, Exchange... turns) {
        return Tried.once(settings("127.0.0.1:" + server.port(), turns), Duration.ofSeconds(1));
    }

    @Test
    void aPortThatTakesConnectionsIsWell() {
        var tried = Tried.once(settings(lab.master().address()));

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_tcp_duration_seconds", "phase=\"connect\""))
                .isPresent();
        assertThat(tried.value("probe_ip_protocol")).hasValue(4);
        assertThat(tried.samples()).doesNotContain("probe_failed_due_to_regex");
    }

    @Test
    void whatIsSaidAndHeardIsAsExpected() {
        var tried = Tried.once(settings(
                lab.master().address(),
                say("ECHO hello"),
                new Exchange(Optional.of(Pattern.compile("^hel(lo)$")), Optional.of("ECHO x${1}"), false),
                expect("^xlo$")));

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_failed_due_to_regex")).hasValue(0);
    }

    @Test
    void whatIsHeardAndNotExpectedIsNotQuoted() {
        var tried = Tried.once(settings(lab.master().address(), say("ECHO secret"), say("QUIT"), expect("^never$")));

        assertThat(tried.reason()).contains(FailureReason.BODY);
        assertThat(tried.value("probe_failed_due_to_regex")).hasValue(1);
        assertThat(tried.message()).contains("^never$").doesNotContain("secret");
    }

    @Test
    void aClosedPortRefuses() {
        assertThat(Tried.once(settings("127.0.0.1:" + FreePort.next())).reason())
                .contains(FailureReason.REFUSED);
    }

    @Test
    void aNameWithoutAddressIsNotResolved() {
        assertThat(Tried.once(settings("nowhere.invalid:80")).reason()).contains(FailureReason.RESOLVE);
    }

    @Test
    void whoNeverSaysWhatIsExpectedIsATimeout() {
        try (var silent = HostileServer.silent();
                var dripping = HostileServer.playing(Step.forever(Step.drip(Duration.ofMillis(20), (byte) 'a')));
                var chatting = HostileServer.playing(
                        Step.forever(Step.drip(Duration.ofMillis(20), (byte) 'a', (byte) '\n')))) {
            for (var server : List.of(silent, dripping, chatting)) {
                assertThat(tried(server, expect("^ready")).reason()).contains(FailureReason.TIMEOUT);
            }
        }
    }

    @Test
    void whoDoesNotStopTalkingIsNotListenedTo() {
        try (var lines = HostileServer.playing(
                        Step.forever(Step.send("more and more\n".repeat(500).getBytes(US_ASCII))));
                var noLine = HostileServer.playing(Step.forever(Step.send(new byte[4096])))) {
            assertThat(Tried.once(settings("127.0.0.1:" + lines.port(), expect("^ready")))
                            .reason())
                    .contains(FailureReason.PROTOCOL);
            assertThat(Tried.once(settings("127.0.0.1:" + noLine.port(), expect("^ready")))
                            .reason())
                    .contains(FailureReason.PROTOCOL);
        }
    }

    @Test
    void whoClosesOrResetsHasNotSaidIt() {
        try (var closing = HostileServer.closing();
                var resetting = HostileServer.playing(Step.send((byte) 'a'), Step.reset())) {
            assertThat(tried(closing, expect("^ready")).reason()).contains(FailureReason.BODY);
            assertThat(tried(resetting, expect("^ready")).reason())
                    .isPresent()
                    .get()
                    .isIn(FailureReason.PROTOCOL, FailureReason.BODY);
        }
    }

    @Test
    void bothGoOnInTlsWhereTheDialogueSaysSo() {
        try (var sites = Sites.create();
                var mail = HostileServer.playing(
                        Step.send("220 mail\r\n".getBytes(US_ASCII)),
                        Step.receive(),
                        Step.send("220 go on\r\n".getBytes(US_ASCII)),
                        Step.overTls(
                                sites.site(Site.Flaw.NONE).context(),
                                "x",
                                Step.receive(),
                                Step.send("250 well\r\n".getBytes(US_ASCII))))) {
            var tls = new ClientTls(
                    Optional.of(sites.authority()), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
            var turns = List.of(
                    new Exchange(Optional.of(Pattern.compile("^220 ")), Optional.of("STARTTLS\r"), false),
                    new Exchange(Optional.of(Pattern.compile("^220 ")), Optional.empty(), true),
                    say("NOOP\r"),
                    expect("^250 "));

            var tried = Tried.once(new TcpSettings(
                    "localhost:" + mail.port(), Optional.of(tls), StartTls.NONE, Optional.empty(), turns));

            assertThat(tried.failure()).isEmpty();
            assertThat(tried.value("probe_ssl_earliest_cert_expiry")).isPresent();
        }
    }

    @Test
    void anAttemptThatIsCutEnds() {
        try (var silent = HostileServer.silent();
                var prober = settings("127.0.0.1:" + silent.port(), expect("x"))
                        .open(new Target("shop", "probe", "cut", Map.of()))) {
            var attempt = Thread.ofVirtual().start(() -> Tried.with(prober, Duration.ofMinutes(1)));
            Awaitility.await().until(() -> {
                prober.abort();
                return attempt.join(Duration.ofMillis(50));
            });
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> settings("10.0.0.9")).hasMessageStartingWith("address: ");
        assertThatThrownBy(() -> settings("user@host:1")).hasMessageStartingWith("address: ");
        assertThatThrownBy(() -> settings("host:70000")).hasMessageStartingWith("address: ");
        var start = new Exchange(Optional.empty(), Optional.empty(), true);
        assertThatThrownBy(() -> settings("host:1", start, start)).hasMessageStartingWith("queryResponse: ");
        assertThat(HostPort.of("[::1]:5432", "address", 0)).isEqualTo(new HostPort("::1", 5432));
        assertThat(HostPort.of("[::1]", "address", 53)).hasToString("[::1]:53");
    }
}
