// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueLibraryTest {

    private final String before = System.getProperty(QueueLibrary.FOLDER_PROPERTY);

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        System.setProperty(QueueLibrary.FOLDER_PROPERTY, before);
    }

    @Test
    void areWhatTheScriptFetches() {
        assertThat(QueueLibrary.available(QueueSystem.BULL))
                .extracting(QueueLibrary::version)
                .contains("3", "4");
        assertThat(QueueLibrary.available(QueueSystem.BULLMQ))
                .extracting(QueueLibrary::version)
                .contains("3", "4", "5", "6");
        assertThat(QueueLibrary.available(QueueSystem.CELERY))
                .extracting(QueueLibrary::version)
                .contains("5");
        assertThat(QueueLibrary.available(QueueSystem.RQ))
                .extracting(QueueLibrary::version)
                .contains("2", "3");
        assertThat(QueueLibrary.available(QueueSystem.SIDEKIQ))
                .extracting(QueueLibrary::version)
                .contains("6");
    }

    @Test
    void areOrderedByNumber() throws IOException {
        System.setProperty(QueueLibrary.FOLDER_PROPERTY, folder.toString());
        for (var name : new String[] {"bullmq-9", "bullmq-10", "bull-11", "bullmq-x"}) {
            Files.createDirectory(folder.resolve(name));
        }

        assertThat(QueueLibrary.available(QueueSystem.BULLMQ))
                .extracting(QueueLibrary::version)
                .containsExactly("9", "10");
        assertThat(QueueLibrary.newest(QueueSystem.BULL)).hasToString("bull 11");
    }

    @Test
    void saysHowToGetThem() {
        System.setProperty(QueueLibrary.FOLDER_PROPERTY, folder.toString());

        assertThatThrownBy(() -> QueueLibrary.of(QueueSystem.BULLMQ, "5"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no bullmq 5 in " + folder)
                .hasMessageContaining("scripts/tools");
        assertThatThrownBy(() -> QueueLibrary.newest(QueueSystem.BULL)).hasMessageContaining("scripts/tools");
    }
}
