// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The files that a pattern like {@code conf.d/*.yaml} stands for. */
final class Globs {

    /** Everything up to the last slash before the first wildcard, and the rest. */
    private static final Pattern FORM = Pattern.compile("([^*?\\[{]*/)?(.*)");

    private Globs() {}

    /**
     * Files in the order of their names; none when there is no such directory.
     *
     * @param from the file in whose directory a relative pattern starts
     * @throws IllegalArgumentException if it is no pattern
     */
    static List<Path> files(Path from, String pattern) throws IOException {
        var parts = FORM.matcher(pattern);
        if (!parts.matches()) {
            return List.of();
        }
        var fixed = parts.group(1) == null ? "" : parts.group(1);
        var wild = parts.group(2);
        var root = from.resolveSibling(fixed);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        // The directory may be a link, as in a mounted ConfigMap; links below are files at most.
        var realRoot = root.toRealPath();
        var matcher = root.getFileSystem().getPathMatcher("glob:" + wild);
        var depth = wild.contains("**") ? Integer.MAX_VALUE : wild.split("/").length;
        try (var found = Files.walk(realRoot, depth)) {
            return found.map(realRoot::relativize)
                    .filter(matcher::matches)
                    .map(root::resolve)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
