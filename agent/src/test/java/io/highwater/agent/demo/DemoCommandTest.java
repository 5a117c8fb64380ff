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
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The demo as its user meets it: a program with lines in and lines out. */
class DemoCommandTest {

    private static final String ALONE = "alone";

    private Path folder;
    private DemoProcess demo;

    @BeforeEach
    void start(@TempDir Path temporary, TestInfo test) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x")); // for nobody's servers
        folder = temporary;
        demo = DemoProcess.start(
                temporary, test.getTags().contains(ALONE) ? "no such folder" : System.getProperty(DemoProcess.TOOLS));
    }

    @AfterEach
    void end() {
        demo.close();
    }

    @Test
    @Tag(ALONE)
    void showsWhatItsUserDoesToTheCluster() throws Exception {
        demo.awaitLine(line -> seconds(line, "postgres", "lag") < 1);
        demo.say("cut");
        demo.awaitLine(line -> seconds(line, "postgres", "lag") > 1);
        demo.say("heal");
        demo.awaitLine(line -> seconds(line, "postgres", "lag") < 1);
        demo.say("dance");
        demo.awaitLine(line -> line.contains("unknown: 'dance'"));
        var servers = demo.servers();
        demo.say("quit");

        assertThat(demo.exitCode()).isZero();
        assertNothingIsLeft(servers);
    }

    @Test
    void showsAConsumerThatFallsBehindAndRecovers() throws Exception {
        demo.awaitLine(line -> line.contains(" jetstream up=3/3 ") && seconds(line, "jetstream", "oldest") < 1);
        demo.say("stop");
        demo.awaitLine(line -> seconds(line, "jetstream", "oldest") > 2 && seconds(line, "jetstream", "stuck") > 2);
        demo.say("go");
        demo.awaitLine(line -> seconds(line, "jetstream", "oldest") < 1 && line.endsWith(" stuck=0.0s"));
        demo.say("leader");
        demo.awaitLine(line -> line.contains(" jetstream up=2/3 ") && line.contains(" margin=0 "));
        demo.say("up");
        demo.awaitLine(line -> line.contains(" jetstream up=3/3 ") && line.contains(" margin=1 "));
    }

    @Test
    void showsAReplicaAndAQueueThatFallBehindAndRecover() throws Exception {
        demo.awaitLine(line -> line.contains(" redis up=2/2 primaries=1 ") && seconds(line, "redis", "lag") < 1);
        demo.awaitLine(line -> number(line, "bullmq", "workers") == 2 && number(line, "bullmq", "stalled") == 0);
        demo.say("drop");
        demo.say("ice");
        demo.awaitLine(line -> seconds(line, "redis", "lag") > 2 && seconds(line, "redis", "rpo") > 2);
        demo.say("mend");
        demo.awaitLine(line -> seconds(line, "redis", "lag") < 1);
        demo.awaitLine(line -> number(line, "bullmq", "stalled") > 0 && seconds(line, "bullmq", "oldest") > 0.5);
        demo.say("thaw");
        demo.awaitLine(line -> seconds(line, "bullmq", "oldest") < 0.5);
    }

    @Test
    @Tag(ALONE)
    void survivesAFailoverWithTheOutboxAndGoesBack() throws Exception {
        demo.awaitLine(line -> line.contains("postgres up=2/2 primaries=1"));
        demo.say("nap");
        demo.awaitLine(line -> number(line, "outbox", "pending") > 15 && line.endsWith(" drain=+Inf"));
        demo.say("kill");
        demo.awaitLine(line -> line.contains("postgres up=1/2 primaries=0"));
        demo.awaitLine(line -> line.contains(" outbox pending=- "));
        demo.say("failover");
        demo.awaitLine(line -> line.contains("postgres up=1/2 primaries=1"));
        demo.say("wake");
        demo.awaitLine(line -> number(line, "outbox", "workers") == 2);
        demo.say("back");
        demo.awaitLine(line -> line.contains("postgres up=2/2 primaries=1"));
    }

    @Test
    @Tag(ALONE)
    void showsPostgresWhenTheOthersAreNotHere() throws Exception {
        demo.awaitLine(line -> line.startsWith("Left out: Redis. ") && line.contains("no such folder"));
        demo.awaitLine(line -> line.startsWith("Left out: NATS JetStream. ") && line.contains("no such folder"));
        demo.awaitLine(line -> line.startsWith("Left out: BullMQ. "));
        demo.awaitLine(line -> line.contains(" postgres up=2/2 "));
        demo.say("stop");
        demo.awaitLine(line -> line.contains("stop: nothing here that it could be done to"));
    }

    @Test
    void leavesNothingWhenItIsStopped() throws Exception {
        demo.awaitLine(line -> line.contains("jetstream up=3/3"));
        var servers = demo.servers();

        demo.terminate();

        assertThat(demo.exitCode()).isZero();
        assertNothingIsLeft(servers);
    }

    @Test
    void leavesNothingWhenItIsStoppedWhileItStarts() throws Exception {
        var servers = await().atMost(Duration.ofSeconds(60)).until(demo::servers, found -> !found.isEmpty());

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

    /** NaN in another backend's line, and in one that shows none. */
    private static double seconds(String line, String component, String name) {
        return value(line, component, name, "s");
    }

    private static double number(String line, String component, String name) {
        return value(line, component, name, "\\b");
    }

    private static double value(String line, String component, String name, String unit) {
        var found = Pattern.compile(" " + component + " .*\\b" + name + "=([0-9.]+)" + unit)
                .matcher(line);
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }
}
