// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A rendered page, cut into its families; without the end marker of OpenMetrics. */
final class RegistryPage {

    /** OpenMetrics' headers leave out what its samples end in. */
    private static final Set<String> SUFFIXES = Set.of("", "_total", "_info");

    private final Map<String, String> families = new LinkedHashMap<>();
    private final byte[] whole;

    RegistryPage(String text) {
        var blocks = new LinkedHashMap<String, StringBuilder>();
        var block = new StringBuilder();
        for (var line : text.lines().toList()) {
            if (line.equals("# EOF")) {
                continue;
            }
            if (line.startsWith("#")) {
                block = blocks.computeIfAbsent(line.split(" ", 4)[2], _ -> new StringBuilder());
            }
            block.append(line).append('\n');
        }
        blocks.forEach((name, lines) -> families.put(name, lines.toString()));
        whole = String.join("", families.values()).getBytes(UTF_8);
    }

    /** Shared, not to be changed. */
    byte[] whole() {
        return whole;
    }

    byte[] only(Set<String> names) {
        return families.entrySet().stream()
                .filter(family -> SUFFIXES.stream().anyMatch(suffix -> names.contains(family.getKey() + suffix)))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining())
                .getBytes(UTF_8);
    }
}
