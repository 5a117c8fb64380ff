// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import static io.highwater.exporters.s3.Stores.probing;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Samples;
import io.highwater.core.Target;
import io.highwater.exporters.client.http.HttpLink;
import io.highwater.exporters.s3.LittleStore.Trouble;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One probe of a store that fails half-way: what it tells, and that nothing stays behind. */
class WriteProbeTest {

    /** Of which a step that hangs takes seven tenths. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static String probe(LittleStore store) {
        var settings = probing(store.url()).settings();
        try (var link = new HttpLink(Optional.empty())) {
            var port = new S3Port(new SignedRequests(settings.endpoint("s3"), settings, InstantSource.system()));
            var probe = new WriteProbe(port, settings, TIMEOUT);
            var out = Samples.of(new Target("store", "s3", "s3", Map.of()));
            new ProbeCollector("s3", link, probe, settings, InstantSource.system(), TIMEOUT).collect(out);
            return out.toString();
        }
    }

    private static void tells(String page, String step, int success) {
        assertThat(page.lines().filter(line -> line.startsWith("s3_probe_step_success") && line.contains(step)))
                .singleElement()
                .asString()
                .endsWith(" " + success);
    }

    @Test
    void allIsWellWithoutTrouble() {
        try (var store = new LittleStore()) {
            var page = probe(store);
            for (var step : new String[] {"put", "head", "get", "delete"}) {
                tells(page, step, 1);
            }
            assertThat(store.objects()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD,HANG,timeout", "GET,HANG,timeout", "GET,LIE,checksum", "PUT,HANG,timeout"})
    void whatFailsIsToldAndTheObjectIsDeleted(String method, Trouble trouble, String reason) {
        try (var store = new LittleStore().with(method, trouble)) {
            var page = probe(store);
            tells(page, method.toLowerCase(Locale.ROOT), 0);
            tells(page, "delete", 1);
            assertThat(page).contains("reason=\"" + reason + "\"");
            assertThat(store.objects()).isEmpty();
            if (method.equals("PUT")) {
                assertThat(page).as("nobody knows whether it is there").doesNotContain("step=\"head\"");
            }
        }
    }

    @Test
    void aDeleteThatHangsIsToldAsTried() {
        try (var store = new LittleStore().with("DELETE", Trouble.HANG)) {
            var page = probe(store);
            tells(page, "get", 1);
            tells(page, "delete", 0);
            assertThat(page).contains("reason=\"timeout\"");
        }
    }
}
