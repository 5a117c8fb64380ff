// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import io.highwater.core.web.Request;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client accepts: the clauses of its {@code Accept} header, most wanted first, those that it wants alike in their
 * order.
 */
public record Accepted(List<Clause> clauses) {

    private static final List<String> ANYTHING = List.of("*/*");

    public Accepted {
        clauses = List.copyOf(clauses);
    }

    /** @param parameters such as {@code as=Table}, without the quality */
    public record Clause(String type, Map<String, String> parameters, double quality) {

        static Clause of(String text) {
            String[] parts = text.split(";", -1);
            Map<String, String> parameters = Arrays.stream(parts)
                    .skip(1)
                    .map(part -> part.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip(), (first, _) -> first));
            return new Clause(parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality(parameters));
        }

        private static double quality(Map<String, String> parameters) {
            try {
                return Double.parseDouble(parameters.getOrDefault("q", "1"));
            } catch (NumberFormatException notANumber) {
                return 1;
            }
        }

        /** Whether the object would have to be turned into another, such as kubectl's table. */
        boolean isOfAnotherKind() {
            return parameters.containsKey("as");
        }
    }

    public static Accepted by(Request request) {
        List<String> headers = request.headers().getOrDefault("accept", List.of());
        Stream<Clause> clauses = (headers.isEmpty() ? ANYTHING : headers)
                .stream()
                        .flatMap(header -> Arrays.stream(header.split(",", -1)))
                        .filter(Predicate.not(String::isBlank))
                        .map(Clause::of)
                        .filter(clause -> clause.quality > 0);
        return new Accepted(clauses.sorted(Comparator.comparingDouble(clause -> -clause.quality))
                .toList());
    }

    /** For values: JSON when the client does not mind. */
    public Encoding encoding() throws Refusal {
        for (Clause clause : clauses) {
            Optional<Encoding> encoding = clause.isOfAnotherKind() ? Optional.empty() : encoding(clause.type);
            if (encoding.isPresent()) {
                return encoding.get();
            }
        }
        throw Refusal.notAcceptable("only " + Encoding.JSON.mediaType() + " and " + Encoding.PROTOBUF.mediaType()
                + " are served here, and the request accepts neither");
    }

    private static Optional<Encoding> encoding(String type) {
        return switch (type) {
            case "*/*", "application/*", "application/json" -> Optional.of(Encoding.JSON);
            case "application/vnd.kubernetes.protobuf" -> Optional.of(Encoding.PROTOBUF);
            default -> Optional.empty();
        };
    }

    /** For documents, of which there is JSON only. */
    public void requireJson() throws Refusal {
        if (clauses.stream()
                .noneMatch(clause -> !clause.isOfAnotherKind()
                        && encoding(clause.type).filter(Encoding.JSON::equals).isPresent())) {
            throw Refusal.notAcceptable("only application/json is served here, and the request does not accept it");
        }
    }

    /** Whether the client would rather have discovery in one document than in several. */
    public boolean wantsAggregatedDiscovery() {
        return clauses.stream()
                .findFirst()
                .filter(clause -> clause.type.equals("application/json"))
                .map(Clause::parameters)
                .filter(of -> "APIGroupDiscoveryList".equals(of.get("as")))
                .filter(of -> "apidiscovery.k8s.io".equals(of.get("g")))
                .filter(of -> "v2".equals(of.get("v")))
                .isPresent();
    }
}
