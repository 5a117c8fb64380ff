// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.exporters.client.http.HttpAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One request of a journey, and what is to be answered. */
public record StepSettings(
        @Doc("what the step is called, in the label step") String name,

        @Doc(
                "http://… or https://…; ${name} stands for a value of an earlier step in the path or the query, or for the whole URL")
        String url,

        @Doc("GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE") @Default("GET")
        HttpMethod method,

        @Doc("headers of the request; ${name} stands for a value or a secret") @Default("{}")
        Map<String, String> headers,

        @Doc("body of the request; ${name} stands for a value or a secret")
        Optional<String> body,

        @Doc("the statuses that are wanted, such as 204 or 2xx") @Default("[2xx]")
        List<String> status,

        @Doc("by header, a regular expression that is found in a value of it") @Default("{}")
        Map<String, Pattern> headerMatches,

        @Doc("by header, a regular expression that is found in no value of it") @Default("{}")
        Map<String, Pattern> headerMatchesNot,

        @Doc("texts that the body has; ${name} stands for a value") @Default("[]")
        List<String> bodyHas,

        @Doc("regular expressions that are found in the body") @Default("[]")
        List<Pattern> bodyMatches,

        @Doc("regular expressions that are not found in the body") @Default("[]")
        List<Pattern> bodyMatchesNot,

        @Doc("by JSON pointer, what is there, as in http; ${name} stands for a value") @Default("{}")
        Map<String, String> json,

        @Doc("values of the answer for later steps, by name") @Default("{}")
        Map<String, CaptureSettings> capture,

        @Doc("the step is asked again until this holds") Optional<UntilSettings> until,

        @Doc("what takes longer than this counts as too slow, though it succeeds")
        Optional<Duration> slow,

        @Doc("how long the step may take; the timeout of the probe when it is not said")
        Optional<Duration> timeout) {

    private static final Pattern WITH_HOST = Pattern.compile("https?://[^/?#$]+([/?].*)?");

    public StepSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: write one");
        }
        if (!new Template(url).isOneName()) {
            if (!WITH_HOST.matcher(url).matches()) {
                throw new IllegalArgumentException("url: write http://host/path; the host cannot be a value");
            }
            HttpAccess.url(new Template(url).with(_ -> "x"), "url", "http://host/path");
        }
        var fixed = new HashMap<>(headers);
        fixed.entrySet()
                .removeIf(header -> header.getKey().equalsIgnoreCase("authorization")
                        && new Template(header.getValue()).hasNames());
        HttpHeaders.check(fixed);
        HttpHeaders.checkBody(method, body.isPresent());
        var _ = new StatusCondition(status);
        Conditions.json(json);
        checkLimit("slow", slow);
        checkLimit("timeout", timeout);
        headers = Map.copyOf(headers);
        json = Map.copyOf(json);
        capture = Map.copyOf(capture);
    }

    private static void checkLimit(String key, Optional<Duration> limit) {
        if (limit.isPresent() && limit.get().toMillis() < 1) {
            throw new IllegalArgumentException(key + ": write 1ms or more");
        }
    }

    /** All texts that may name values. */
    Stream<Template> templates() {
        var ended = until.stream().flatMap(end -> Stream.concat(end.bodyHas().stream(), end.json().values().stream()));
        return Stream.of(
                        Stream.of(url),
                        headers.values().stream(),
                        body.stream(),
                        bodyHas.stream(),
                        json.values().stream(),
                        ended)
                .flatMap(texts -> texts)
                .map(Template::new);
    }

    boolean wantsBody() {
        return conditions().wantBody()
                || until.map(end -> end.conditions().wantBody()).orElse(false)
                || capture.values().stream().anyMatch(CaptureSettings::wantsBody);
    }

    Conditions conditions() {
        return new Conditions(
                new StatusCondition(status),
                headerMatches,
                headerMatchesNot,
                bodyHas,
                bodyMatches,
                bodyMatchesNot,
                Conditions.json(json));
    }
}
