// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            assertThat(List.of(postgres, nats)).allMatch(ProcessHandle::isAlive);
            assertThat(List.of(postgresHome, natsHome)).allMatch(Files::isDirectory);

            assertThat(jvm.terminate()).isTrue();

            assertThat(List.of(postgres, nats)).allMatch(ServerProcess::isGone);
            assertThat(List.of(postgresHome, natsHome)).noneMatch(Files::exists);
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
            Thread.currentThread().join();
        }
    }
}
