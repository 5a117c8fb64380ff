// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secrets that one attempt sends, so that none stands in a message, wherever it came from.
 *
 * @param texts each as it is and as it is encoded; one that begins with another comes first
 */
record KnownSecrets(List<String> texts) {

    private static final String MASK = "***";

    /** @param login the value of {@code Authorization} */
    static KnownSecrets of(Collection<String> secrets, Optional<String> login) {
        var all = Stream.concat(secrets.stream(), login.stream().flatMap(KnownSecrets::parts));
        return new KnownSecrets(all.flatMap(KnownSecrets::forms)
                .filter(text -> !text.isBlank())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** A token, or what holds the password, and the password itself. */
    private static Stream<String> parts(String login) {
        var credentials = login.substring(login.indexOf(' ') + 1);
        if (!login.startsWith("Basic ")) {
            return Stream.of(credentials);
        }
        var both = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        return Stream.of(credentials, both.substring(both.indexOf(':') + 1));
    }

    private static Stream<String> forms(String secret) {
        var encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Stream.of(secret, encoded, inUrl(secret));
    }

    /** As one part of a URL, whatever characters it has. */
    static String inUrl(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    String masked(String message) {
        var masked = message;
        for (var text : texts) {
            masked = masked.replace(text, MASK);
        }
        return masked;
    }

    /** The same failure in words in which no secret stands; without its cause, whose words may have one. */
    ProbeFailure masked(String where, ProbeFailure failure) {
        return new ProbeFailure(failure.reason(), masked(where + failure.getMessage()));
    }
}
