// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsPageTest {

    @TempDir
    Path folder;

    @Test
    void eachPartIsWrittenInItsPlace() throws Exception {
        var file = Files.writeString(folder.resolve("alerts.md"), "# Alerts\n\nWritten by hand.\n");
        var page = new AlertsPage(file);

        page.write("L3", "first\n");
        page.write("quiet L3", "nobody\n");
        page.write("L3", "second\n");

        assertThat(file).hasContent("""
            # Alerts

            Written by hand.

            <!-- drills/prove-alerts: L3 -->
            second
            <!-- end of L3 -->

            <!-- drills/prove-alerts: quiet L3 -->
            nobody
            <!-- end of quiet L3 -->
            """);
    }

    @Test
    void aPageThatIsNotThereIsBegun() throws Exception {
        var file = folder.resolve("alerts.md");
        new AlertsPage(file).write("L1", "first\n");
        assertThat(Files.readString(file))
                .startsWith("# Alerts\n")
                .contains("\nfirst\n")
                .endsWith("<!-- end of L1 -->\n");
    }
}
