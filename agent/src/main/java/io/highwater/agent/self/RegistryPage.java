// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rendered page, cut into its families.
 *
 * @param whole without the end marker of OpenMetrics
 * @param families by the names that their headers give them
 */
record RegistryPage(byte[] whole, Map<String, String> families) {

    /** OpenMetrics' headers leave out what its samples end in. */
    private static final Set<String> SUFFIXES = Set.of("", "_total", "_info");

    static RegistryPage of(String text) {
        var families = new LinkedHashMap<String, StringBuilder>();
        var current = new StringBuilder();
        for (var line : text.lines().toList()) {
            if (line.equals("# EOF")) {
                continue;
            }
            if (line.startsWith("#")) {
                current = families.computeIfAbsent(line.split(" ", 4)[2], _ -> new StringBuilder());
            }
            current.append(line).append('\n');
        }
        var blocks = new LinkedHashMap<String, String>();
        families.forEach((name, block) -> blocks.put(name, block.toString()));
        return new RegistryPage(String.join("", blocks.values()).getBytes(UTF_8), blocks);
    }

    byte[] only(Set<String> names) {
        return families.entrySet().stream()
                .filter(family -> SUFFIXES.stream().anyMatch(suffix -> names.contains(family.getKey() + suffix)))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }
}
