// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code bench/scaling} was told.
 *
 * @param parts what to measure
 * @param program the agent's script
 * @param heap of the agent; what the script says when empty
 * @param signals that there are
 * @param readers that take turns
 * @param rate reads a second
 * @param seconds of each load of reads
 * @param events of each kind, of which three sources have a third each
 * @param rounds of scaling a Deployment
 */
record Options(
        Set<String> parts,
        Path program,
        String heap,
        int signals,
        int readers,
        int rate,
        int seconds,
        int events,
        int rounds) {

    /** Of arguments such as {@code rate=1000}; all have to be there. */
    static Options of(String... arguments) {
        Map<String, String> of = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new Options(
                Set.of(of.getOrDefault("parts", "").split(",", -1)),
                Path.of(of.getOrDefault("program", "")),
                of.getOrDefault("heap", ""),
                number(of, "signals"),
                number(of, "readers"),
                number(of, "rate"),
                number(of, "seconds"),
                number(of, "events"),
                number(of, "rounds"));
    }

    private static int number(Map<String, String> of, String key) {
        return Integer.parseInt(of.getOrDefault(key, ""));
    }

    boolean measures(String part) {
        return parts.contains(part);
    }
}
