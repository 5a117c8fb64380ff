// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the records of one section are to be, matched as lines of a zone file; as the blackbox exporter's rules. */
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

    void check(String section, List<DnsRecord> records) throws ProbeFailure {
        if (records.stream().anyMatch(matchesAnyOf(failIfMatches))) {
            throw failure(section, "a record matches what none may");
        }
        if (!failIfAllMatch.isEmpty()
                && !records.isEmpty()
                && records.stream().allMatch(matchesAllOf(failIfAllMatch))) {
            throw failure(section, "every record matches what not all may");
        }
        if (!failIfNotMatches.isEmpty()
                && (records.isEmpty() || !records.stream().allMatch(matchesAllOf(failIfNotMatches)))) {
            throw failure(section, "not every record matches what all must");
        }
        if (!failIfNoneMatches.isEmpty() && records.stream().noneMatch(matchesAnyOf(failIfNoneMatches))) {
            throw failure(section, "no record matches what one must");
        }
    }

    private static Predicate<DnsRecord> matchesAnyOf(List<Pattern> patterns) {
        return entry ->
                patterns.stream().anyMatch(of -> of.matcher(entry.toString()).find());
    }

    private static Predicate<DnsRecord> matchesAllOf(List<Pattern> patterns) {
        return entry ->
                patterns.stream().allMatch(of -> of.matcher(entry.toString()).find());
    }

    private static ProbeFailure failure(String section, String what) {
        return new ProbeFailure(FailureReason.BODY, section + ": " + what);
    }
}
