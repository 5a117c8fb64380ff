// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.List;
import java.util.Map;

/** One series in the answer to an instant query: its labels and its value now. */
public record Series(Map<String, String> labels, double value) {

    public Series {
        labels = Map.copyOf(labels);
    }

    /** Of a vector, as the API answers in JSON. */
    static List<Series> vector(String answer) {
        if (Json.read(answer) instanceof Map<?, ?> all
                && all.get("data") instanceof Map<?, ?> data
                && data.get("result") instanceof List<?> result) {
            return result.stream().map(Series::of).toList();
        }
        throw new LabException("no vector: " + answer);
    }

    private static Series of(Object json) {
        var series = (Map<?, ?>) json;
        var point = series.get("value") instanceof List<?> pair ? pair : List.of("NaN");
        return new Series(Json.texts(series.get("metric")), number(String.valueOf(point.getLast())));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Empty when there is none. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }
}
