// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.exporters.client.http.HttpAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import okhttp3.HttpUrl;

/** What the steps of one attempt know: secrets, what was captured, and a text that no other attempt has. */
final class JourneyValues {

    /** The name of the text that no other attempt has. */
    static final String UNIQUE = "uuid";

    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, String> captured = new HashMap<>();
    private final KnownSecrets known;

    /**
     * Secrets are read now, so that a rotated one is used at once.
     *
     * @param login the value of {@code Authorization}, which is a secret, too
     */
    JourneyValues(Map<String, JourneySecret> settings, Optional<String> login) throws CollectionException {
        try {
            settings.forEach((name, secret) -> secrets.put(name, secret.value().reveal()));
        } catch (IllegalStateException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
        captured.put(UNIQUE, UUID.randomUUID().toString());
        known = KnownSecrets.of(secrets.values(), login);
    }

    KnownSecrets secrets() {
        return known;
    }

    void capture(String name, String value) {
        captured.put(name, value);
    }

    private String value(String name) {
        return Objects.requireNonNullElseGet(captured.get(name), () -> secrets.getOrDefault(name, ""));
    }

    String in(String text) {
        return new Template(text).with(this::value);
    }

    /** @param before the URL of the step before, which a captured one may be relative to */
    HttpUrl url(String text, HttpUrl before) throws ProbeFailure {
        var template = new Template(text);
        var url = template.isOneName()
                ? before.resolve(in(text))
                : HttpUrl.parse(template.with(name -> KnownSecrets.inUrl(value(name))));
        if (url == null) {
            throw new ProbeFailure(FailureReason.PROTOCOL, "what was captured for " + text + " is no http URL");
        }
        return url;
    }

    Map<String, String> headers(Map<String, String> templates) throws ProbeFailure {
        var headers = new HashMap<String, String>();
        for (var template : templates.entrySet()) {
            var value = in(template.getValue());
            if (!HttpAccess.isHeaderValue(value)) {
                throw new ProbeFailure(
                        FailureReason.HEADER, "the header " + template.getKey() + " cannot hold its value");
            }
            headers.put(template.getKey(), value);
        }
        return headers;
    }
}
