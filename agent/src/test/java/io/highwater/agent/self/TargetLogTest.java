// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Outcome;
import io.highwater.core.Reason;
import io.highwater.core.Snapshot;
import io.highwater.core.Target;
import io.highwater.core.log.Log;
import io.highwater.core.log.LogFormat;
import io.highwater.core.log.LogLevel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines of one target at INFO, without their times. */
class TargetLogTest {

    private static final Target TARGET = new Target("orders-db", "postgres", "pg-1", Map.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TargetLog log =
            new TargetLog(new Log(LogFormat.LOGFMT, LogLevel.INFO, out).with("node", "pg-1"), "pulse");
    private long seconds;

    @Test
    void silentWhileAllIsWell() {
        good("pulse");
        good("tables");
        good("pulse");

        assertThat(lines()).isEmpty();
    }

    @Test
    void tellsAnOutageAndItsEndOnce() {
        good("pulse");
        bad("pulse", Reason.REFUSED, "Connection refused");
        bad("pulse", Reason.REFUSED, "Connection refused");
        bad("pulse", Reason.TIMEOUT, "no end within 2000 ms");
        bad("pulse", Reason.REFUSED, "Connection refused");
        good("pulse");
        good("pulse");

        assertThat(lines()).isEqualTo("""
                level=WARN msg="Target is down" node=pg-1 collector=pulse reason=refused err="Connection refused"
                level=WARN msg="Target is down" node=pg-1 collector=pulse reason=timeout err="no end within 2000 ms"
                level=INFO msg="Target is up again" node=pg-1 collector=pulse after=4s
                """);
    }

    @Test
    void aTargetThatIsDownIsOneLineAndNotOneOfEachCollector() {
        bad("tables", Reason.AUTH, "who are you?");
        bad("pulse", Reason.AUTH, "who are you?");
        bad("slots", Reason.AUTH, "who are you?");
        good("pulse");
        good("tables");
        good("slots");

        assertThat(lines()).isEqualTo("""
                level=WARN msg="Target is down" node=pg-1 collector=pulse reason=auth err="who are you?"
                level=INFO msg="Target is up again" node=pg-1 collector=pulse after=2s
                """);
    }

    @Test
    void aCollectorOfATargetThatIsUpHasLinesOfItsOwn() {
        good("pulse");
        bad("tables", Reason.TIMEOUT, "too many");
        bad("tables", Reason.TIMEOUT, "too many");
        good("tables");

        assertThat(lines()).isEqualTo("""
                level=WARN msg="Collector fails" node=pg-1 collector=tables reason=timeout err="too many"
                level=INFO msg="Collector works again" node=pg-1 collector=tables after=2s
                """);
    }

    @Test
    void whatFailedBeforeTheTargetWasKnownToBeUpIsToldThen() {
        bad("tables", Reason.PROTOCOL, "odd");
        good("pulse");
        bad("tables", Reason.PROTOCOL, "odd");

        assertThat(lines()).isEqualTo("""
                level=WARN msg="Collector fails" node=pg-1 collector=tables reason=protocol err=odd
                """);
    }

    private void good(String collector) {
        collected(collector, new Outcome.Collected(List.of()));
    }

    private void bad(String collector, Reason reason, String message) {
        collected(collector, new Outcome.Failed(reason, message));
    }

    /** At the next second, in no time. */
    private void collected(String collector, Outcome outcome) {
        long now = Duration.ofSeconds(seconds++).toNanos();
        log.collected(new Snapshot(
                TARGET, collector, Instant.EPOCH, now, now, outcome, List.of(), Optional.empty(), Map.of()));
    }

    private String lines() {
        return out.toString(UTF_8).replaceAll("(?m)^time=\\S+ ", "");
    }
}
