// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its user meets it: a program with lines in and lines out. */
class DemoCommandTest {

    private Path folder;
    private DemoProcess demo;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x")); // for nobody's servers
        folder = temporary;
        demo = DemoProcess.start(temporary);
    }

    @AfterEach
    void end() {
        demo.close();
    }

    @Test
    void showsWhatItsUserDoesToTheCluster() throws Exception {
        demo.awaitLine(line -> lag(line) < 1);
        demo.say("cut");
        demo.awaitLine(line -> lag(line) > 1);
        demo.say("heal");
        demo.awaitLine(line -> lag(line) < 1);
        demo.say("dance");
        demo.awaitLine(line -> line.contains("unknown: 'dance'"));
        var servers = demo.servers();
        demo.say("quit");

        assertThat(demo.exitCode()).isZero();
        assertNothingIsLeft(servers);
    }

    @Test
    void survivesAFailoverAndGoesBack() throws Exception {
        demo.awaitLine(line -> line.contains("up=2/2 primaries=1"));
        demo.say("kill");
        demo.awaitLine(line -> line.contains("up=1/2 primaries=0"));
        demo.say("failover");
        demo.awaitLine(line -> line.contains("up=1/2 primaries=1"));
        demo.say("back");
        demo.awaitLine(line -> line.contains("up=2/2 primaries=1"));
    }

    @Test
    void leavesNothingWhenItIsStopped() throws Exception {
        demo.awaitLine(line -> line.contains("up=2/2"));
        var servers = demo.servers();

        demo.terminate();

        assertThat(demo.exitCode()).isZero();
        assertNothingIsLeft(servers);
    }

    @Test
    void leavesNothingWhenItIsStoppedWhileItStarts() throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> !demo.servers().isEmpty());
        var servers = demo.servers();

        demo.terminate();

        assertThat(demo.exitCode()).isZero();
        assertNothingIsLeft(servers);
    }

    private void assertNothingIsLeft(List<ProcessHandle> servers) {
        assertThat(servers).isNotEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(servers).noneMatch(DemoProcess::runs));
        assertThat(folder).isEmptyDirectory();
    }

    /** NaN in a line that shows none. */
    private static double lag(String line) {
        int start = line.indexOf(" lag=");
        int end = line.indexOf("s ", start + 1);
        return start < 0 || line.startsWith(" lag=-", start)
                ? Double.NaN
                : Double.parseDouble(line.substring(start + " lag=".length(), end));
    }
}
