// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The programs of one major version of Postgres, unpacked and ready to run: {@code initdb}, {@code pg_ctl} and
 * {@code postgres}, with their libraries.
 *
 * <p>They come packed, as {@code postgres-<major>-<amd64|arm64>.jar}, in the folder {@code demo} beside the jar (or the
 * classes) this class is loaded from: {@code target/demo} in the build, {@code lib/demo} in a distribution. The system
 * property {@value #FOLDER_PROPERTY} names another folder.
 *
 * @param major such as 18
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(int major, Path folder) {

    static final String FOLDER_PROPERTY = "highwater.lab.binaries";
    private static final Pattern NAME = Pattern.compile("postgres-(\\d+)-(\\w+)\\.jar");

    /** Unpacks them when that was not done before, which takes seconds. */
    public static PostgresBinaries of(int major) {
        var packed = packed();
        var jar = packed.get(major);
        if (jar == null) {
            throw new LabException("no Postgres " + major + " for Linux on " + platform() + " in " + source()
                    + ", there are " + packed.keySet() + "; the build adds 14, 16 and 17 with -P every-version");
        }
        return new PostgresBinaries(major, UnpackedJar.of(jar));
    }

    /** The highest major version there is. */
    public static PostgresBinaries newest() {
        var majors = available();
        if (majors.isEmpty()) {
            throw new LabException("no Postgres for Linux on " + platform() + " in " + source());
        }
        return of(majors.getLast());
    }

    /** The major versions there are for this machine, oldest first. */
    public static List<Integer> available() {
        return List.copyOf(packed().keySet());
    }

    Path program(String name) {
        return folder.resolve("bin", name);
    }

    private static NavigableMap<Integer, Path> packed() {
        var found = new TreeMap<Integer, Path>();
        var source = source();
        if (!Files.isDirectory(source)) {
            return found;
        }
        try (var files = Files.list(source)) {
            for (var file : files.toList()) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && name.group(2).equals(platform())) {
                    found.put(Integer.valueOf(name.group(1)), file);
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot list " + source, e);
        }
        return found;
    }

    private static Path source() {
        var property = System.getProperty(FOLDER_PROPERTY);
        if (property != null) {
            return Path.of(property);
        }
        var code = PostgresBinaries.class.getProtectionDomain().getCodeSource();
        if (code == null) {
            throw new LabException("set the system property " + FOLDER_PROPERTY + " to the folder of the binaries");
        }
        try {
            return Path.of(code.getLocation().toURI()).resolveSibling("demo");
        } catch (URISyntaxException e) {
            throw new LabException("not a file: " + code.getLocation(), e);
        }
    }

    private static String platform() {
        var system = System.getProperty("os.name", "") + " on " + System.getProperty("os.arch", "");
        return switch (system.toLowerCase(Locale.ROOT)) {
            case "linux on amd64" -> "amd64";
            case "linux on aarch64" -> "arm64";
            default -> throw new LabException("the lab runs on Linux on amd64 and aarch64, not on " + system);
        };
    }
}
