// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LastResortTest {

    @Test
    void stopsServersOfATerminatedJvm() throws Exception {
        try (var jvm = ChildJvm.start(Forgetful.class)) {
            var server = ProcessHandle.of(Long.parseLong(jvm.readLine())).orElseThrow();
            var home = Path.of(jvm.readLine());
            assertThat(server.isAlive()).isTrue();
            assertThat(home).isDirectory();

            assertThat(jvm.terminate()).isTrue();

            assertThat(ServerProcess.isGone(server)).isTrue();
            assertThat(home).doesNotExist();
        }
    }

    /** Starts a server and waits for its own end. */
    static final class Forgetful {

        public static void main(String[] args) throws InterruptedException {
            var server = PostgresServer.of(18).start();
            System.out.println(server.pid());
            System.out.println(server.directory().home());
            Thread.currentThread().join();
        }
    }
}
