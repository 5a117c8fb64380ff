// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Doc;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where in an answer a value is found that later steps need. */
public record CaptureSettings(
        @Doc("a JSON pointer into the body") Optional<String> json,
        @Doc("a header") Optional<String> header,

        @Doc("a regular expression that is found in the body; the value is its first group, or all of it")
        Optional<Pattern> body) {

    private static final int LONGEST = 8192;

    public CaptureSettings {
        if (Stream.of(json, header, body).filter(Optional::isPresent).count() != 1) {
            throw new IllegalArgumentException("write one of json, header, body");
        }
        json.ifPresent(pointer -> JsonPointers.check(pointer, "json"));
    }

    boolean wantsBody() {
        return header.isEmpty();
    }

    /** @param name of the value, for the failure */
    String from(HttpAnswer answer, String name, Attempt attempt) throws ProbeFailure {
        var value = find(answer, attempt);
        if (value.isEmpty()) {
            throw new ProbeFailure(
                    header.isPresent() ? FailureReason.HEADER : FailureReason.BODY,
                    "nothing to capture as " + name + " at "
                            + json.or(() -> header)
                                    .or(() -> body.map(Pattern::pattern))
                                    .orElseThrow());
        }
        if (value.get().length() > LONGEST) {
            throw new ProbeFailure(
                    FailureReason.BODY, "what is captured as " + name + " has more than " + LONGEST + " characters");
        }
        return value.get();
    }

    private Optional<String> find(HttpAnswer answer, Attempt attempt) throws ProbeFailure {
        if (json.isPresent()) {
            var pointers = Set.of(json.get());
            return Optional.ofNullable(
                    JsonPointers.read(answer.body().toByteArray(), pointers).get(json.get()));
        }
        if (header.isPresent()) {
            return Optional.ofNullable(answer.headers().get(header.get()));
        }
        return PatientText.search(body.orElseThrow(), answer.text(), attempt, text -> {
            var matcher = body.orElseThrow().matcher(text);
            return matcher.find()
                    ? Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0))
                    : Optional.empty();
        });
    }
}
