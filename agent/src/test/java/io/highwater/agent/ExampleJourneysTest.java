// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.config.ConfigFile;
import io.highwater.core.CollectionObserver;
import io.highwater.core.Fleet;
import io.highwater.core.Outcome;
import io.highwater.core.Slot;
import io.highwater.core.Snapshot;
import io.highwater.core.SnapshotStore;
import io.highwater.lab.ShopService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journeys of the example, as they are written there, through a real service. */
class ExampleJourneysTest {

    private static final Path EXAMPLE = Path.of(System.getProperty("project.root", ".."), "examples", "highwater.yaml");

    private static final class Nobody implements CollectionObserver {
        @Override
        public void collected(Slot slot, Snapshot snapshot) {}

        @Override
        public void skipped(Slot slot, Skip why) {}
    }

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void theySucceed() throws Exception {
        try (var shop = ShopService.start()) {
            var text = "clusters:\n" + Files.readString(EXAMPLE).replaceFirst("(?s).*?(?=  outside:)", "");
            var probes = text.replaceAll("https://(docs|pay)\\.example", shop.url());
            // The others are of servers that are not there.
            var journeys = probes.replaceFirst("(?m)^        pay: .*\n", "")
                    .replaceFirst("(?s)        pay-certificate:.*", "");
            var file = Files.writeString(folder.resolve("highwater.yaml"), journeys);
            var config = ConfigFile.load(file, InstalledExporters.load(), Map.of("DOCUMENTS_KEY", shop.key()));
            var store = new SnapshotStore();
            try (var fleet = new Fleet(store, new Nobody())) {
                fleet.apply(config.plans());

                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() ->
                                probes(store).allMatch(slot -> slot.latest().isPresent()));

                assertThat(probes(store))
                        .hasSize(2)
                        .extracting(slot -> slot.latest().orElseThrow().outcome())
                        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Collected.class));
            }
        }
    }

    /** Without what is derived from them. */
    private static Stream<Slot> probes(SnapshotStore store) {
        return store.slots().stream().filter(slot -> !slot.target().node().isEmpty());
    }
}
