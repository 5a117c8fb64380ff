// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.core.TextFormat;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import java.util.List;
import java.util.Locale;

/** What a client takes, by its {@code Accept} and {@code Accept-Encoding}. */
final class Negotiation {

    private Negotiation() {}

    static TextFormat format(Request request) {
        return TextFormat.accepted(header(request, "accept"));
    }

    /** Whether gzip is named, or all encodings are, with a quality above 0. */
    static boolean takesGzip(Request request) {
        double gzip = -1;
        double any = -1;
        for (var choice :
                header(request, "accept-encoding").toLowerCase(Locale.ROOT).split(",")) {
            var parts = choice.split(";");
            switch (parts[0].strip()) {
                case "gzip", "x-gzip" -> gzip = quality(parts);
                case "*" -> any = quality(parts);
                default -> {}
            }
        }
        return gzip >= 0 ? gzip > 0 : any > 0;
    }

    /** Adds the headers that tell caches and clients what was chosen. */
    static Response describe(Response response, boolean gzip) {
        var described = response.with("Vary", "Accept, Accept-Encoding");
        return gzip ? described.with("Content-Encoding", "gzip") : described;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    private static String header(Request request, String name) {
        return String.join(",", request.headers().getOrDefault(name, List.of()));
    }
}
