// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is made from the alerts is as they are. With {@code -Drules.renew} it is written instead. */
class GeneratedFilesTest {

    private static final String PAGE = "docs/alerts.md";
    private static final String BEGIN = "<!-- made from the alerts -->\n";
    private static final String END = "<!-- end of what is made from the alerts -->";
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @Test
    void theAlertsOfTheChartAreUpToDate() throws IOException {
        upToDate("helm/highwater/files/alerts.yaml", ChartAlerts.yaml());
    }

    @Test
    void thePageOfAlertsHasAllOfThem() throws IOException {
        var page = Files.readString(ROOT.resolve(PAGE));
        int from = page.indexOf(BEGIN) + BEGIN.length();
        upToDate(PAGE, page.substring(0, from) + AlertTables.markdown() + page.substring(page.indexOf(END)));
    }

    private static void upToDate(String name, String text) throws IOException {
        var file = ROOT.resolve(name);
        if (System.getProperty("rules.renew") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(
                        "%s is not as the alerts say; renew it: "
                                + "mvn -pl alert-rules -am test -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Drules.renew",
                        name)
                .exists()
                .content()
                .isEqualTo(text);
    }
}
