// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What of the chart is made is as its sources are. With {@code -Dhelm.renew} it is written instead. */
class ChartFilesTest {

    @Test
    void theSchemaIsUpToDate() throws IOException {
        upToDate(
                Chart.DIRECTORY.resolve("values.schema.json"),
                ValuesSchema.load().json());
    }

    @Test
    void theTableOfValuesIsUpToDate() throws IOException {
        var readme = Chart.DIRECTORY.resolve("README.md");
        var text = Files.readString(readme);
        var begin = text.indexOf(ValuesTable.BEGIN) + ValuesTable.BEGIN.length();

        upToDate(
                readme,
                text.substring(0, begin) + ValuesTable.markdown() + text.substring(text.indexOf(ValuesTable.END)));
    }

    @Test
    void everyValueHasADefaultAndEveryDefaultAMeaning() throws IOException {
        var defaults = Node.parse(Files.readString(Chart.DIRECTORY.resolve("values.yaml")));

        assertThat(ValuesSchema.load().meanings().keySet().stream().map(path -> path.split("\\.")[0]))
                .containsAll(defaults.entries().keySet());
    }

    private static void upToDate(Path file, String text) throws IOException {
        if (System.getProperty("helm.renew") != null) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(
                        "%s is not as its sources say; renew it: "
                                + "mvn -pl helm -am test -Dtest=ChartFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dhelm.renew",
                        file.getFileName())
                .exists()
                .content()
                .isEqualTo(text);
    }
}
