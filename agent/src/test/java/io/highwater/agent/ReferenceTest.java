// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The pages that are made from the code are as the code is. With {@code -Ddocs.renew} they are written instead. */
class ReferenceTest {

    private static final Path DOCS = Path.of(System.getProperty("project.root"), "docs");

    @Test
    void theMetricsPageIsUpToDate() throws IOException {
        upToDate("metrics.md", FamilyReference.markdown(InstalledExporters.load()));
    }

    @Test
    void theConfigurationPageIsUpToDate() throws IOException {
        upToDate("configuration.md", ConfigReferenceCommand.markdown());
    }

    private static void upToDate(String page, String text) throws IOException {
        var file = DOCS.resolve(page);
        if (System.getProperty("docs.renew") != null) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as(
                        "docs/%s is not as the code says; renew it: "
                                + "mvn -pl agent -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.renew",
                        page)
                .exists()
                .content()
                .isEqualTo(text);
    }
}
