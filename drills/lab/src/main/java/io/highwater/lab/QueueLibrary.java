// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * One version of a job queue's library. {@code scripts/tools} fetches it; the system property {@value #FOLDER_PROPERTY}
 * names the folder in which there is one for each, such as bullmq-5.
 *
 * @param version the major version, such as 5
 */
public record QueueLibrary(QueueSystem system, String version, Path folder) {

    static final String FOLDER_PROPERTY = "highwater.lab.tools";

    public static QueueLibrary of(QueueSystem system, String version) {
        return available(system).stream()
                .filter(one -> one.version().equals(version))
                .findFirst()
                .orElseThrow(() -> missing(system, " " + version));
    }

    /** The highest version there is. */
    public static QueueLibrary newest(QueueSystem system) {
        var available = available(system);
        if (available.isEmpty()) {
            throw missing(system, "");
        }
        return available.getLast();
    }

    /** Oldest first. */
    public static List<QueueLibrary> available(QueueSystem system) {
        var tools = tools();
        if (!Files.isDirectory(tools)) {
            return List.of();
        }
        var name = system.packageName() + "-";
        try (var files = Files.list(tools)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "\\d+"))
                    .filter(Files::isDirectory)
                    .map(file -> new QueueLibrary(
                            system,
                            file.getFileName().toString().substring(name.length()),
                            file.toAbsolutePath().normalize()))
                    .sorted(Comparator.comparingInt(library -> Integer.parseInt(library.version())))
                    .toList();
        } catch (IOException e) {
            throw new LabException("cannot list " + tools, e);
        }
    }

    private static Path tools() {
        return Path.of(System.getProperty(FOLDER_PROPERTY, ".tools/bin"));
    }

    private static LabException missing(QueueSystem system, String version) {
        var versions = available(system).stream().map(QueueLibrary::version).toList();
        return new LabException("no " + system.packageName() + version + " in " + tools().toAbsolutePath()
                + ", there are " + versions + "; scripts/tools fetches it");
    }

    @Override
    public String toString() {
        return system.packageName() + " " + version;
    }
}
