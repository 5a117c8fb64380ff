// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.ForeignSeries.Series;
import io.highwater.exporters.client.Json;
import io.highwater.exporters.client.page.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's answer to an instant query.
 *
 * @param error what the server has against the query, in place of a result
 * @param resultType such as {@code vector}
 * @param series those of a vector or a scalar that are numbers, finite or infinite
 * @param remarks what the server remarks, and what was left out
 */
record QueryReply(Optional<Refusal> error, String resultType, List<Series> series, List<String> remarks) {

    private static final int MOST_REMARKS = 5;

    /**
     * Why there is no result.
     *
     * @param type one of a few words, such as {@code bad_data}, {@code execution}, {@code timeout}
     */
    record Refusal(String type, String message) {

        /** Whether it is the query itself that is wrong, and the server well. */
        boolean isOfQuery() {
            return type.equals("bad_data") || type.equals("execution");
        }
    }

    /** The parts of the answer, in whichever order they come. */
    private static final class Parts {
        final int most;
        String status = "";
        String errorType = "";
        String error = "";
        String resultType = "";
        final List<Series> series = new ArrayList<>();
        final List<String> remarks = new ArrayList<>();
        int notNumbers;
        int histograms;

        Parts(int most) {
            this.most = most;
        }
    }

    /** @param most series; of more there is one more, so that it can be told */
    static QueryReply read(Json json, String query, int most) throws IOException {
        var parts = new Parts(most);
        json.object(field -> {
            switch (field) {
                case "status" -> parts.status = json.text();
                case "errorType" -> parts.errorType = json.text();
                case "error" -> parts.error = json.text();
                case "data" -> data(json, query, parts);
                case "warnings", "infos" -> remarks(json, parts);
                default -> {}
            }
        });
        return switch (parts.status) {
            case "success" -> whole(json, parts);
            case "error" ->
                new QueryReply(Optional.of(new Refusal(parts.errorType, parts.error)), "", List.of(), parts.remarks);
            default -> throw json.mismatch("a status");
        };
    }

    private static void remarks(Json json, Parts parts) throws IOException {
        json.array(() -> {
            var remark = json.text();
            if (parts.remarks.size() < MOST_REMARKS) {
                parts.remarks.add(remark);
            }
            return remark.length();
        });
    }

    private static QueryReply whole(Json json, Parts parts) throws IOException {
        if (parts.resultType.isEmpty()) {
            throw json.mismatch("a resultType");
        }
        if (parts.notNumbers > 0 && !parts.resultType.equals("string")) {
            parts.remarks.add(parts.notNumbers + " of its series left out: not a number");
        }
        if (parts.histograms > 0) {
            parts.remarks.add(parts.histograms + " of its series left out: native histograms");
        }
        return new QueryReply(Optional.empty(), parts.resultType, parts.series, parts.remarks);
    }

    private static void data(Json json, String query, Parts parts) throws IOException {
        json.object(field -> {
            switch (field) {
                case "resultType" -> parts.resultType = json.text();
                case "result" -> result(json, query, parts);
                default -> {}
            }
        });
    }

    /** A vector is a list of objects; a scalar, and a string, is a list of its time and its value. */
    private static void result(Json json, String query, Parts parts) throws IOException {
        var scalar = json.array(() -> {
            if (json.isObject()) {
                element(json, query, parts);
                return "";
            }
            return json.isText() ? json.text() : "";
        });
        if (scalar.size() == 2 && !scalar.getLast().isEmpty()) {
            add(query, Map.of(), scalar.getLast(), parts);
        }
    }

    private static void element(Json json, String query, Parts parts) throws IOException {
        var labels = new HashMap<String, String>();
        var value = new ArrayList<String>();
        json.object(field -> {
            switch (field) {
                case "metric" -> json.object(label -> labels.put(label, json.text()));
                case "value" -> value.addAll(json.array(() -> json.isText() ? json.text() : ""));
                case "histogram" -> parts.histograms++;
                default -> {}
            }
        });
        labels.remove("__name__");
        if (value.size() == 2) {
            add(query, labels, value.getLast(), parts);
        }
    }

    private static void add(String query, Map<String, String> labels, String text, Parts parts) {
        var value = Numbers.parse(text);
        if (value.isEmpty() || Double.isNaN(value.getAsDouble())) {
            parts.notNumbers++;
        } else if (parts.series.size() <= parts.most) {
            parts.series.add(new Series(query, labels, value.getAsDouble()));
        }
    }
}
