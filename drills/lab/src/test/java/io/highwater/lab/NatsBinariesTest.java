// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsBinariesTest {

    private final String before = System.getProperty(NatsBinaries.FOLDER_PROPERTY);

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        System.setProperty(NatsBinaries.FOLDER_PROPERTY, before);
    }

    @Test
    void areWhatTheScriptFetches() {
        assertThat(NatsBinaries.available()).extracting(NatsBinaries::version).contains("2.9", "2.15");
        assertThat(NatsBinaries.newest().program()).isExecutable();
    }

    @Test
    void areOrderedByNumber() throws IOException {
        System.setProperty(NatsBinaries.FOLDER_PROPERTY, folder.toString());
        for (var name : new String[] {"nats-server-2.9", "nats-server-2.15", "nats-server-10.1", "nats-server"}) {
            Files.createFile(
                    folder.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }

        assertThat(NatsBinaries.available()).extracting(NatsBinaries::version).containsExactly("2.9", "2.15", "10.1");
    }

    @Test
    void saysHowToGetThem() {
        System.setProperty(NatsBinaries.FOLDER_PROPERTY, folder.toString());

        assertThatThrownBy(() -> NatsCluster.of("2.9").start())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no NATS 2.9 in " + folder)
                .hasMessageContaining("scripts/tools");
        assertThatThrownBy(NatsBinaries::newest).hasMessageContaining("scripts/tools");
    }
}
