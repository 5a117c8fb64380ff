// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir
    private Path folder;

    @Test
    void findsWhatTheBuildBrought() {
        assertThat(PostgresBinaries.available()).contains(13, 15, 18);
        assertThat(PostgresBinaries.newest().major()).isEqualTo(18);
        assertThat(PostgresBinaries.of(13).program("initdb")).isExecutable();
    }

    @Test
    void saysWhatIsThereInstead() {
        assertThatThrownBy(() -> PostgresBinaries.of(9))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no Postgres 9")
                .hasMessageContaining("there are [13, ");
    }

    @Test
    void saysWhereItLookedWhenThereIsNone() {
        System.setProperty(PostgresBinaries.FOLDER_PROPERTY, folder.toString());
        try {
            assertThatThrownBy(PostgresBinaries::newest)
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("no Postgres for Linux on ")
                    .hasMessageContaining(folder.toString());
        } finally {
            System.clearProperty(PostgresBinaries.FOLDER_PROPERTY);
        }
    }

    @Test
    void isUnpackedOnceByTwoJvmsAtATime() throws Exception {
        try (var one = ChildJvm.start(PrintBinaries.class, "-Dhighwater.cache=" + folder.resolve("cache"));
                var two = ChildJvm.start(PrintBinaries.class, "-Dhighwater.cache=" + folder.resolve("cache"))) {
            var unpacked = Path.of(one.readLine());

            assertThat(two.readLine()).isEqualTo(unpacked.toString());
            assertThat(unpacked).startsWith(folder);
            assertThat(unpacked.resolve("bin", "postgres")).isExecutable();
            assertThat(unpacked.resolveSibling(unpacked.getFileName() + ".partial"))
                    .doesNotExist();
        }
    }

    /** The program of the child JVMs. */
    static final class PrintBinaries {

        public static void main(String[] args) {
            System.out.println(PostgresBinaries.of(18).folder());
        }
    }
}
