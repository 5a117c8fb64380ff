// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, as {@code java.util.logging} is set up once in each. */
class LibraryLogsTest {

    @Test
    void bringsWarningsOfLibrariesIntoOurLog(@TempDir Path folder) throws Exception {
        Path errors = folder.resolve("stderr");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process program = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Library.class.getName())
                .redirectError(errors.toFile())
                .start();

        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        List<String> lines = Files.readAllLines(errors);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).endsWith("level=WARN source=org.library msg=\"a 1\"");
        assertThat(lines.get(1))
                .contains("level=ERROR source=org.library msg=b err=java.lang.IllegalStateException stack=\"java");
        assertThat(lines.get(2)).endsWith("level=WARN source=jdk.part msg=\"c 2\"");
        assertThat(program.exitValue()).isZero();
    }

    static final class Library {
        private Library() {}

        public static void main(String[] arguments) {
            LibraryLogs.into(new Log(LogFormat.LOGFMT, LogLevel.DEBUG, System.err));
            Logger logger = Logger.getLogger("org.library");
            logger.info("not this");
            logger.log(Level.WARNING, "a {0}", 1);
            logger.log(Level.SEVERE, "b", new IllegalStateException());
            System.getLogger("jdk.part").log(System.Logger.Level.WARNING, "c {0}", 2);
        }
    }
}
