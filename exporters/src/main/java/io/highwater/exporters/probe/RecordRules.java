// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the records of one section are to be, matched as lines of a zone file. The rules are the blackbox exporter's, and do
 * what their names say: its {@code fail_if_all_match_regexp} fails when not all match.
 */
public record RecordRules(
        @Doc("the probe fails when a record matches one of these") @Default("[]")
        List<Pattern> failIfMatches,

        @Doc("the probe fails when every record matches every one of these") @Default("[]")
        List<Pattern> failIfAllMatch,

        @Doc("the probe fails when a record does not match all of these, or there is none") @Default("[]")
        List<Pattern> failIfNotMatches,

        @Doc("the probe fails when no record matches any of these") @Default("[]")
        List<Pattern> failIfNoneMatches) {

    public RecordRules {
        failIfMatches = List.copyOf(failIfMatches);
        failIfAllMatch = List.copyOf(failIfAllMatch);
        failIfNotMatches = List.copyOf(failIfNotMatches);
        failIfNoneMatches = List.copyOf(failIfNoneMatches);
    }

    void check(String section, List<DnsRecord> records, Attempt attempt) throws ProbeFailure {
        var seen = new Seen(records, attempt);
        if (seen.anyMatchesAnyOf(failIfMatches)) {
            throw failure(section, "a record matches what none may");
        }
        if (!failIfAllMatch.isEmpty() && !records.isEmpty() && seen.allMatchAllOf(failIfAllMatch)) {
            throw failure(section, "every record matches what not all may");
        }
        if (!failIfNotMatches.isEmpty() && (records.isEmpty() || !seen.allMatchAllOf(failIfNotMatches))) {
            throw failure(section, "not every record matches what all must");
        }
        if (!failIfNoneMatches.isEmpty() && !seen.anyMatchesAnyOf(failIfNoneMatches)) {
            throw failure(section, "no record matches what one must");
        }
    }

    /** The records, looked at until the deadline. */
    private record Seen(List<DnsRecord> records, Attempt attempt) {

        boolean anyMatchesAnyOf(List<Pattern> patterns) throws ProbeFailure {
            return isAny(patterns, true);
        }

        boolean allMatchAllOf(List<Pattern> patterns) throws ProbeFailure {
            return !isAny(patterns, false);
        }

        private boolean isAny(List<Pattern> patterns, boolean match) throws ProbeFailure {
            for (var entry : records) {
                for (var pattern : patterns) {
                    if (PatientText.has(pattern, entry.toString(), attempt) == match) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static ProbeFailure failure(String section, String what) {
        return new ProbeFailure(FailureReason.BODY, section + ": " + what);
    }
}
