// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an answer is to be.
 *
 * @param headerMatches each has a value in which this is found
 * @param headerMatchesNot none has a value in which this is found
 * @param bodyHas texts that the body has, as they stand
 * @param json by JSON pointer
 */
record Conditions(
        StatusCondition status,
        Map<String, Pattern> headerMatches,
        Map<String, Pattern> headerMatchesNot,
        List<String> bodyHas,
        List<Pattern> bodyMatches,
        List<Pattern> bodyMatchesNot,
        Map<String, JsonCondition> json) {

    /** Of a value in a message. */
    private static final int LONGEST = 60;

    static Map<String, JsonCondition> json(Map<String, String> written) {
        var conditions = new TreeMap<String, JsonCondition>();
        written.forEach((pointer, text) -> {
            JsonPointers.check(pointer, "json");
            conditions.put(pointer, JsonCondition.of(text, "json"));
        });
        return conditions;
    }

    /** The same with values in place of their names. */
    Conditions with(UnaryOperator<String> change) {
        return new Conditions(
                status,
                headerMatches,
                headerMatchesNot,
                bodyHas.stream().map(change).toList(),
                bodyMatches,
                bodyMatchesNot,
                json.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().with(change))));
    }

    boolean wantBody() {
        return !(bodyHas.isEmpty() && bodyMatches.isEmpty() && bodyMatchesNot.isEmpty() && json.isEmpty());
    }

    /**
     * Looks at an answer.
     *
     * @param what was asked for, for messages
     * @param secrets that the server may say back
     */
    void check(String what, HttpAnswer answer, KnownSecrets secrets, Attempt attempt) throws ProbeFailure {
        if (!status.holds(answer.status())) {
            throw new ProbeFailure(
                    FailureReason.STATUS, what + ": status " + answer.status() + " where " + status + " is wanted");
        }
        checkHeaders(what, answer, attempt);
        if (answer.broken().isPresent()) {
            throw answer.broken().get();
        }
        checkBody(what, answer, secrets, attempt);
    }

    private void checkHeaders(String what, HttpAnswer answer, Attempt attempt) throws ProbeFailure {
        for (var wanted : headerMatches.entrySet()) {
            if (!hasHeader(answer, wanted.getKey(), wanted.getValue(), attempt)) {
                throw new ProbeFailure(
                        FailureReason.HEADER,
                        what + ": no header " + wanted.getKey() + " matches " + wanted.getValue());
            }
        }
        for (var unwanted : headerMatchesNot.entrySet()) {
            if (hasHeader(answer, unwanted.getKey(), unwanted.getValue(), attempt)) {
                throw new ProbeFailure(
                        FailureReason.HEADER,
                        what + ": the header " + unwanted.getKey() + " matches " + unwanted.getValue());
            }
        }
    }

    private static boolean hasHeader(HttpAnswer answer, String name, Pattern pattern, Attempt attempt)
            throws ProbeFailure {
        for (var value : answer.headers().values(name.toLowerCase(Locale.ROOT))) {
            if (PatientText.has(pattern, value, attempt)) {
                return true;
            }
        }
        return false;
    }

    private void checkBody(String what, HttpAnswer answer, KnownSecrets secrets, Attempt attempt) throws ProbeFailure {
        if (!(bodyHas.isEmpty() && bodyMatches.isEmpty() && bodyMatchesNot.isEmpty())) {
            checkText(what, answer.text(), secrets, attempt);
        }
        if (json.isEmpty()) {
            return;
        }
        var values = JsonPointers.read(answer.body().toByteArray(), json.keySet());
        for (var condition : json.entrySet()) {
            var pointer = condition.getKey();
            var value = values.get(pointer);
            if (value == null) {
                throw new ProbeFailure(FailureReason.BODY, what + ": there is no " + pointer);
            }
            if (!condition.getValue().holds(value, attempt)) {
                throw new ProbeFailure(
                        FailureReason.BODY,
                        what + ": " + pointer + " is " + cut(secrets.masked(value)) + " where " + condition.getValue()
                                + " is wanted");
            }
        }
    }

    private void checkText(String what, String text, KnownSecrets secrets, Attempt attempt) throws ProbeFailure {
        for (var wanted : bodyHas) {
            if (!text.contains(wanted)) {
                throw new ProbeFailure(FailureReason.BODY, what + ": the body has no " + cut(secrets.masked(wanted)));
            }
        }
        for (var wanted : bodyMatches) {
            if (!PatientText.has(wanted, text, attempt)) {
                throw new ProbeFailure(FailureReason.BODY, what + ": the body does not match " + wanted);
            }
        }
        for (var unwanted : bodyMatchesNot) {
            if (PatientText.has(unwanted, text, attempt)) {
                throw new ProbeFailure(FailureReason.BODY, what + ": the body matches " + unwanted);
            }
        }
    }

    private static String cut(String text) {
        return "\"" + Texts.cut(text, LONGEST) + "\"";
    }
}
