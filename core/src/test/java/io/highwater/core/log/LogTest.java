// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogTest {

    private static final Instant NOW = Instant.parse("2026-11-22T06:40:00.003Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void writesLogfmt() {
        log(LogFormat.LOGFMT, LogLevel.INFO)
                .from("Agent")
                .with("cluster", "orders-db")
                .info("Target is up", "node", "pg-1", "took", Duration.ofMillis(1250), "series", 12, "ok", true);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("time=2026-11-22T06:40:00.003Z level=INFO source=Agent msg=\"Target is up\""
                        + " cluster=orders-db node=pg-1 took=1.25s series=12 ok=true\n");
    }

    @Test
    void writesJson() {
        log(LogFormat.JSON, LogLevel.INFO)
                .from("Agent")
                .with("cluster", "orders-db")
                .warn("Target is down", "node", "pg-1", "series", 12L, "ratio", 0.5, "odd", Double.NaN, "ok", false);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"time\":\"2026-11-22T06:40:00.003Z\",\"level\":\"WARN\",\"source\":\"Agent\","
                        + "\"msg\":\"Target is down\",\"cluster\":\"orders-db\",\"node\":\"pg-1\",\"series\":12,"
                        + "\"ratio\":0.5,\"odd\":\"NaN\",\"ok\":false}\n");
    }

    @Test
    void dropsWhatMattersLess() {
        Log log = log(LogFormat.LOGFMT, LogLevel.WARN);
        log.debug("a");
        log.info("b");
        assertThat(out.size()).isZero();
        assertThat(log.shows(LogLevel.INFO)).isFalse();
        log.warn("c");
        log.error("d");
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void escapesWhatWouldBreakALineOrHide() {
        assertLogfmt("", "\"\"");
        assertLogfmt("plain/text:1,2-3", "plain/text:1,2-3");
        assertLogfmt("a=b", "\"a=b\"");
        assertLogfmt("say \"hi\" \\ bye", "\"say \\\"hi\\\" \\\\ bye\"");
        assertLogfmt("back\\slash", "back\\slash");
        assertLogfmt("one\ntwo\r\n\tthree", "\"one\\ntwo\\r\\n\\tthree\"");
        assertLogfmt("\u001b[31mred\u0000\u007f", "\"\\u001b[31mred\\u0000\\u007f\"");
        assertLogfmt("Zürich", "Zürich");
        assertLogfmt("😀", "😀");
        assertLogfmt("line\u2028end\u0085\u202e", "\"line\\u2028end\\u0085\\u202e\"");
        assertLogfmt("\ud800", "\"\\ud800\"");
        assertLogfmt(null, "null");
    }

    @Test
    void everyEventIsOneLineInEitherFormat() {
        StringBuilder everything = new StringBuilder();
        for (int c = 0; c <= 0xffff; c++) {
            everything.append((char) c);
        }
        String nasty = everything.toString();
        for (LogFormat format : LogFormat.values()) {
            out.reset();
            log(format, LogLevel.DEBUG).with(nasty, nasty).from(nasty).debug(nasty, nasty, nasty);
            String text = out.toString(StandardCharsets.UTF_8);
            assertThat(text).endsWith("\n");
            assertThat(text.substring(0, text.length() - 1)).doesNotContainPattern("[\\p{Cc}\\u2028\\u2029]");
        }
    }

    @Test
    void writesAStackTraceAsOneValue() {
        log(LogFormat.LOGFMT, LogLevel.INFO).bug("A handler failed", new IllegalStateException("why"), "path", "/x");
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(1);
        assertThat(text)
                .contains("msg=\"A handler failed\" path=/x err=\"java.lang.IllegalStateException: why\"")
                .contains("stack=\"java.lang.IllegalStateException: why\\n\\tat io.highwater.core.log.LogTest");
    }

    @Test
    void neverShowsASecret() {
        Secret secret = new Secret("file /run/secrets/pg", () -> "hunter2");
        log(LogFormat.LOGFMT, LogLevel.INFO).info("Connecting", "password", secret);
        log(LogFormat.JSON, LogLevel.INFO).info("Connecting", "password", secret);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("password=***")
                .contains("\"password\":\"***\"")
                .doesNotContain("hunter2");
    }

    @Test
    void marksAKeyWithoutAValue() {
        log(LogFormat.LOGFMT, LogLevel.INFO).info("x", "a", 1, "lost");
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith(" a=1 !BADKEY=lost\n");
    }

    private void assertLogfmt(@Nullable String value, String expected) {
        out.reset();
        log(LogFormat.LOGFMT, LogLevel.INFO).info("m", "k", value);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith(" msg=m k=" + expected + "\n");
    }

    private Log log(LogFormat format, LogLevel least) {
        return new Log(format, least, out, InstantSource.fixed(NOW), "", new Object[0]);
    }
}
