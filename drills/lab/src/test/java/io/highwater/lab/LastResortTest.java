// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastResortTest {

    @Test
    void stopsServersOfATerminatedJvm() throws Exception {
        var tools = "-D" + NatsBinaries.FOLDER_PROPERTY + "=" + System.getProperty(NatsBinaries.FOLDER_PROPERTY);
        try (var jvm = ChildJvm.start(Forgetful.class, tools)) {
            var postgres = ProcessHandle.of(Long.parseLong(jvm.readLine())).orElseThrow();
            var postgresHome = Path.of(jvm.readLine());
            var nats = ProcessHandle.of(Long.parseLong(jvm.readLine())).orElseThrow();
            var natsHome = Path.of(jvm.readLine());
            var worker = ProcessHandle.of(Long.parseLong(jvm.readLine())).orElseThrow();
            assertThat(List.of(postgres, nats, worker)).allMatch(ProcessHandle::isAlive);
            assertThat(List.of(postgresHome, natsHome)).allMatch(Files::isDirectory);

            assertThat(jvm.terminate()).isTrue();

            assertThat(List.of(postgres, nats, worker)).allMatch(ServerProcess::isGone);
            assertThat(List.of(postgresHome, natsHome)).noneMatch(Files::exists);
        }
    }

    @Test
    void queueProgramsEndEvenWithAKilledJvm() throws Exception {
        var tools = "-D" + NatsBinaries.FOLDER_PROPERTY + "=" + System.getProperty(NatsBinaries.FOLDER_PROPERTY);
        try (var jvm = ChildJvm.start(Careless.class, tools)) {
            var worker = ProcessHandle.of(Long.parseLong(jvm.readLine())).orElseThrow();
            var home = Path.of(jvm.readLine());
            assertThat(worker.isAlive()).isTrue();

            jvm.process().destroyForcibly();

            await().atMost(Duration.ofSeconds(30)).until(() -> ServerProcess.isGone(worker));
            FileTree.delete(home);
        }
    }

    /** Starts servers and waits for its own end. */
    static final class Forgetful {

        public static void main(String[] args) throws InterruptedException {
            var postgres = PostgresServer.of(18).start();
            System.out.println(postgres.pid());
            System.out.println(postgres.directory().home());
            var nats = NatsCluster.newest().nodes(1).start().nodes().getFirst();
            System.out.println(nats.pid());
            System.out.println(nats.home());
            System.out.println(Careless.program().pid());
            Thread.currentThread().join();
        }
    }

    /** Has a worker and is killed. */
    static final class Careless {

        public static void main(String[] args) throws InterruptedException {
            var program = program();
            System.out.println(program.pid());
            System.out.println(program.home());
            Thread.currentThread().join();
        }

        /** It never reaches its Redis, and does not end for that. */
        static QueueProgram program() {
            var nobody = new QueueStore(Map.of("host", "127.0.0.1", "port", FreePort.next()));
            return QueueProgram.start(QueueLibrary.newest(QueueSystem.BULLMQ), nobody);
        }
    }
}
