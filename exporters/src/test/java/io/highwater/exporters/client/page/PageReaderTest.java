// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.CollectionException;
import io.highwater.core.ForeignSeries.Series;
import io.highwater.core.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages as people and programs write them. */
class PageReaderTest {

    private static final long NOW = 1_750_000_000_000L;

    private static KeptSeries read(PageFormat format, String page, String... keep) throws CollectionException {
        return read(format, page.getBytes(StandardCharsets.UTF_8), keep);
    }

    private static KeptSeries read(PageFormat format, byte[] page, String... keep) throws CollectionException {
        var kept = new KeptSeries(keep.length == 0 ? List.of("*") : List.of(keep), 1000, NOW);
        new PageReader(page, format, kept).read();
        return kept;
    }

    private static List<Series> text(String page) throws CollectionException {
        return read(PageFormat.TEXT, page).series();
    }

    private static List<Series> openMetrics(String page) throws CollectionException {
        return read(PageFormat.OPENMETRICS, page).series();
    }

    @Test
    void theOlderFormatAsItsDescriptionShowsIt() throws CollectionException {
        assertThat(text("""
                        # HELP http_requests_total The total number of HTTP requests.
                        # TYPE http_requests_total counter
                        http_requests_total{method="post",code="200"} 1027 1750000000000
                        http_requests_total{method="post",code="400"}    3 1750000000000

                        # Escaping in label values:
                        msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

                        # Minimalistic line:
                        metric_without_timestamp_and_labels 12.47

                        # A histogram, which has a pretty complex representation in the text format:
                        # TYPE http_request_duration_seconds histogram
                        http_request_duration_seconds_bucket{le="0.05"} 24054
                        http_request_duration_seconds_bucket{le="+Inf"} 144320
                        http_request_duration_seconds_sum 53423
                        """))
                .containsExactly(
                        new Series("http_requests_total", Map.of("method", "post", "code", "200"), 1027),
                        new Series("http_requests_total", Map.of("method", "post", "code", "400"), 3),
                        new Series(
                                "msdos_file_access_time_seconds",
                                Map.of("path", "C:\\DIR\\FILE.TXT", "error", "Cannot find file:\n\"FILE.TXT\""),
                                1.458255915e9),
                        new Series("metric_without_timestamp_and_labels", Map.of(), 12.47),
                        new Series("http_request_duration_seconds_bucket", Map.of("le", "0.05"), 24054),
                        new Series("http_request_duration_seconds_bucket", Map.of("le", "+Inf"), 144320),
                        new Series("http_request_duration_seconds_sum", Map.of(), 53423));
    }

    @Test
    void openMetricsWithUnitsExemplarsAndTimesInSeconds() throws CollectionException {
        assertThat(openMetrics("""
                        # TYPE llm_latency_seconds histogram
                        # UNIT llm_latency_seconds seconds
                        # HELP llm_latency_seconds How long a model took.
                        llm_latency_seconds_bucket{le="0.1"} 8 # {trace_id="a # b"} 0.054 1750000000.1
                        llm_latency_seconds_bucket{le="+Inf"} 17 1750000000.5 # {} 0.67
                        llm_latency_seconds_count 17 1749999999.999
                        # TYPE up stateset
                        up{up="a"} 1
                        # EOF
                        """))
                .containsExactly(
                        new Series("llm_latency_seconds_bucket", Map.of("le", "0.1"), 8),
                        new Series("llm_latency_seconds_bucket", Map.of("le", "+Inf"), 17),
                        new Series("llm_latency_seconds_count", Map.of(), 17),
                        new Series("up", Map.of("up", "a"), 1));
        assertThat(openMetrics("a 1\n# EOF")).hasSize(1);
        assertThat(openMetrics("# EOF\n")).isEmpty();
    }

    @Test
    void whiteSpaceWhereTheOlderFormatAllowsIt() throws CollectionException {
        assertThat(text("\t a { b = \"c\" , d=\"e\" , } \t 1 \t1750000000000 \r\n\r\n  # any\n#\nf{}2\n"))
                .containsExactly(new Series("a", Map.of("b", "c", "d", "e"), 1), new Series("f", Map.of(), 2));
        assertThat(openMetrics("# TYPE a gauge\r\na 1\r\n# EOF\r\n")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0,-0",
        "42,42",
        "999999999999999,999999999999999",
        "9007199254740993,9007199254740992",
        "1e3,1000",
        "-1.5E-3,-0.0015",
        "+7,7",
        ".5,0.5",
        "+Inf,Infinity",
        "-Inf,-Infinity",
        "inf,Infinity"
    })
    void numbers(String written, double value) throws CollectionException {
        assertThat(text("a " + written + "\n")).containsExactly(new Series("a", Map.of(), value));
    }

    @Test
    void whatIsNotANumberIsLeftOutAndSaid() throws CollectionException {
        var kept = read(PageFormat.TEXT, "a NaN\nb 1\n");
        assertThat(kept.series()).containsExactly(new Series("b", Map.of(), 1));
        assertThat(kept.notes()).containsExactly("1 series left out: not a number");
    }

    @Test
    void whatIsNotOfNowIsLeftOutAndSaid() throws CollectionException {
        var kept = read(
                PageFormat.TEXT,
                "old 1 %d\nfuture 1 %d\nnow 1 %d\n".formatted(NOW - 300_001, NOW + 300_001, NOW - 300_000));
        assertThat(kept.series()).containsExactly(new Series("now", Map.of(), 1));
        assertThat(kept.notes()).containsExactly("2 samples left out: their time is more than 5 minutes from now");
        assertThat(openMetrics("old 1 1749999699\nnow 1 1749999701\n# EOF\n"))
                .containsExactly(new Series("now", Map.of(), 1));
    }

    @Test
    void onlyNamesOfKeepAreKeptAndAllAreCounted() throws CollectionException {
        var kept = read(PageFormat.TEXT, "llm_a 1\nllm_a{b=\"c\"} 2\nother{b=\"c\"} 3\nrps 4\n", "llm_*", "rps");
        assertThat(kept.series()).extracting(Series::name).containsExactly("llm_a", "llm_a", "rps");
        assertThat(kept.samples()).isEqualTo(4);
        assertThat(read(PageFormat.TEXT, "other 3\n", "llm_*").notes())
                .containsExactly("nothing on the page has a name that keep has");
    }

    /** Programs do write both. */
    @Test
    void aLabelThatIsEmptyIsAsItWasRead() throws CollectionException {
        assertThat(text("a{b=\"\"} 1\na 2\n"))
                .containsExactly(new Series("a", Map.of("b", ""), 1), new Series("a", Map.of(), 2));
    }

    @Test
    void anEscapeThatIsNoneStandsForItself() throws CollectionException {
        assertThat(text("a{b=\"\\d+\\.\\\\\"} 1\n")).containsExactly(new Series("a", Map.of("b", "\\d+\\.\\"), 1));
    }

    @Test
    void ofTwoSamplesWithTimesTheNewerCounts() throws CollectionException {
        assertThat(text("a 1 %d\na 2 %d\na 3 %d\n".formatted(NOW - 2, NOW, NOW - 1)))
                .containsExactly(new Series("a", Map.of(), 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a                      | 1 | expected a number, found the end of the line",
                "a 1\\nb x              | 2 | expected a number, found \"x\"",
                "a 1d                   | 1 | expected a number, found \"1d\"",
                "a 0x1p3                | 1 | expected a number",
                "a 1_000                | 1 | expected a number",
                "a 1 x                  | 1 | expected a number, found \"x\"",
                "a 1 1.5                | 1 | not a time",
                "a 1 NaN                | 1 | not a time",
                "a 1 1750000000000 x    | 1 | expected the end of the line, found \"x\"",
                "a 1 # {b=\"c\"} 2      | 1 | expected a number",
                "1a 1                   | 1 | expected the name of a metric, found \"1a 1\"",
                "{\"a\"} 1              | 1 | expected the name of a metric",
                "a.b 1                  | 1 | expected a number, found \".b",
                "a{b} 1                 | 1 | expected '=', found \"} 1\"",
                "a{b=c} 1               | 1 | expected '\"', found \"c} 1\"",
                "a{b=\"c} 1             | 1 | expected the '\"' that ends a label's value",
                "a{b=\"c\\\"} 1         | 1 | expected the '\"' that ends a label's value",
                "a{b=\"c\" d=\"e\"} 1   | 1 | expected ','",
                "a{,} 1                 | 1 | expected the name of a label",
                "a{b:c=\"d\"} 1         | 1 | expected '='",
                "a{b=\"c\"              | 1 | expected ','",
                "a{b=\"c\",b=\"d\"} 1   | 1 | the label b twice",
                "a 1\\na 2              | 2 | a twice with the same labels",
                "a{b=\"c\"} 1\\nx 1\\na{b=\"c\"} 2 | 3 | a twice with the same labels",
                "# TYPE a thing         | 1 | not a type of metric",
                "# TYPE a               | 1 | not a type of metric",
                "# TYPE                 | 1 | expected the name of a metric",
                "# HELP 7               | 1 | expected the name of a metric",
                "<!DOCTYPE html>        | 1 | expected the name of a metric, found \"<!DOCTYPE html>\"",
            })
    void whatIsWrongIsSaidWithItsLine(String page, int line, String wrong) {
        var written = page.replace("\\n", "\n") + "\n";
        assertThatThrownBy(() -> text(written)).isInstanceOfSatisfying(CollectionException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.PROTOCOL);
            assertThat(e).hasMessageStartingWith("line " + line + " of the page: " + wrong);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a 1\n", "a 1\n# EOF x\n", "a 1\n\n# EOF\n", "# EOF\na 1\n", "# any\n# EOF\n", "a 1\n# EO"})
    void openMetricsIsStricter(String page) {
        assertThatThrownBy(() -> openMetrics(page)).isInstanceOf(CollectionException.class);
    }

    /** It would be another number. */
    @Test
    void halfAPageIsNone() {
        assertThatThrownBy(() -> text("a 1\nb 12")).hasMessage("line 2 of the page: the page is cut off in it");
        assertThatThrownBy(() -> openMetrics("a 1\nb 12\n"))
                .hasMessage("line 2 of the page: the page is cut off after it: there is no # EOF");
    }

    @Test
    void aValueThatIsNotUtf8IsRefused() {
        var page = "a{b=\"x\"} 1\n".getBytes(StandardCharsets.US_ASCII);
        page[5] = (byte) 0xc3;
        assertThatThrownBy(() -> read(PageFormat.TEXT, page)).hasMessageContaining("not UTF-8");
    }

    @Test
    void ofTooManySeriesThereIsNone() {
        var page = new StringBuilder();
        for (int i = 0; i <= 1000; i++) {
            page.append("a{b=\"").append(i).append("\"} 1\n");
        }
        assertThatThrownBy(() -> text(page.toString())).hasMessageContaining("more than 1000 series");
    }

    @Test
    void whatIsShownOfAPageIsShortAndPrintable() {
        assertThatThrownBy(() -> text("a \u0007\u00fc" + "x".repeat(100) + "\n"))
                .hasMessageMatching("line 1 of the page: expected a number, found \"[ -~]{1,42}…\"");
    }
}
