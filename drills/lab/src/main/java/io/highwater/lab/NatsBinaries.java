// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The program of one minor version of NATS. {@code scripts/tools} fetches it; the system property
 * {@value #FOLDER_PROPERTY} names the folder it is put into, which the build sets to {@code .tools/bin}.
 *
 * @param version such as 2.9
 * @param program an executable file
 */
public record NatsBinaries(String version, Path program) {

    static final String FOLDER_PROPERTY = "highwater.lab.tools";
    private static final Pattern NAME = Pattern.compile("nats-server-(\\d+)\\.(\\d+)");

    public static NatsBinaries of(String version) {
        return available().stream()
                .filter(one -> one.version().equals(version))
                .findFirst()
                .orElseThrow(() -> missing("no NATS " + version));
    }

    /** The highest version there is. */
    public static NatsBinaries newest() {
        var available = available();
        if (available.isEmpty()) {
            throw missing("no NATS");
        }
        return available.getLast();
    }

    /** Oldest first. */
    public static List<NatsBinaries> available() {
        var folder = folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(Files::isExecutable)
                    .map(file -> new NatsBinaries(
                            file.getFileName().toString().replace("nats-server-", ""), file.toAbsolutePath()))
                    .sorted(Comparator.comparingInt(NatsBinaries::major).thenComparingInt(NatsBinaries::minor))
                    .toList();
        } catch (IOException e) {
            throw new LabException("cannot list " + folder, e);
        }
    }

    private int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }

    private int minor() {
        return Integer.parseInt(version.substring(version.indexOf('.') + 1));
    }

    private static Path folder() {
        return Path.of(System.getProperty(FOLDER_PROPERTY, ".tools/bin"));
    }

    private static LabException missing(String what) {
        var versions = available().stream().map(NatsBinaries::version).toList();
        return new LabException(what + " in " + folder().toAbsolutePath() + ", there are " + versions
                + "; scripts/tools fetches 2.9 and 2.15");
    }
}
