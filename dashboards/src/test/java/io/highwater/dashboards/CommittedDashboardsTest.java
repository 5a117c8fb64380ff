// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in dashboards/json are as the code says. With {@code -Ddashboards.renew} they are written instead. */
class CommittedDashboardsTest {

    private static final Path FOLDER = Path.of(System.getProperty("project.root"), "dashboards", "json");
    private static final int LARGEST = 256 * 1024;

    static Iterable<Dashboard> dashboards() {
        return Dashboards.all(Level.L2);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aFileIsAsTheCodeSays(Dashboard dashboard) throws IOException {
        var file = FOLDER.resolve(dashboard.uid() + ".json");
        var text = GrafanaJson.text(dashboard);
        if (System.getProperty("dashboards.renew") != null) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("renew it: mvn -pl dashboards -am test -Dtest=CommittedDashboardsTest "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Ddashboards.renew")
                .exists()
                .content()
                .isEqualTo(text);
        assertThat(Files.size(file)).as("what fits into a ConfigMap").isLessThan(LARGEST);
    }

    @Test
    void thereAreNoOtherDashboards() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .collect(toSet()))
                    .isEqualTo(Dashboards.all(Level.L2).stream()
                            .map(dashboard -> dashboard.uid() + ".json")
                            .collect(toSet()));
        }
    }
}
