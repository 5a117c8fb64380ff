// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One scrape of the agent: the demo knows nothing but what Prometheus would.
 *
 * @param series the value of each, by its name and labels as they stand in the page
 */
record Readings(Map<String, Double> series) {

    private static final int TIMEOUT_MILLIS = 5_000;

    static final Readings NONE = new Readings(Map.of());

    static Readings scrape(URI metrics) throws IOException {
        var connection = (HttpURLConnection) metrics.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try (var body = connection.getInputStream()) {
            return of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static Readings of(String page) {
        var series = new LinkedHashMap<String, Double>();
        page.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            series.put(line.substring(0, space), number(line.substring(space + 1)));
        });
        return new Readings(series);
    }

    /** Of the first series of the family that has these labels, each as {@code node="pg-1"}. */
    OptionalDouble value(String family, String... labels) {
        return series.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), family, labels))
                .mapToDouble(Map.Entry::getValue)
                .findFirst();
    }

    /** Of all series of the family. */
    OptionalDouble max(String family) {
        return series.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), family))
                .mapToDouble(Map.Entry::getValue)
                .max();
    }

    private static boolean isOf(String name, String family, String... labels) {
        return name.startsWith(family)
                && (name.length() == family.length() || name.charAt(family.length()) == '{')
                && Arrays.stream(labels).allMatch(name::contains);
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
