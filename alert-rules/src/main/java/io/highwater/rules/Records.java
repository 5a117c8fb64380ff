// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The recording rules, as the files {@code records/*.yaml} say them. */
final class Records {

    /**
     * A series that Prometheus computes and keeps.
     *
     * @param labels beside those of its expression
     */
    record Rule(String name, String expression, Map<String, String> labels) {
        Rule {
            labels = Map.copyOf(labels);
        }
    }

    /** Rules that are computed together, one after the other. */
    record Group(String name, String interval, List<Rule> rules) {
        Group {
            rules = List.copyOf(rules);
        }
    }

    private static final List<Group> ALL = read();

    private Records() {}

    static List<Group> all() {
        return ALL;
    }

    private static List<Group> read() {
        var file = new Fields("records/slo", AlertFileReader.yaml("records/slo.yaml"));
        var groups = new ArrayList<Group>();
        for (var name : file.keys()) {
            groups.add(group((String) name, file.fields((String) name)));
        }
        return groups;
    }

    private static Group group(String name, Fields of) {
        var rules = new ArrayList<Rule>();
        for (var window : of.list("windows")) {
            for (var each : of.list("each")) {
                rules.add(rule(new Fields(of.where() + ".each", each), window.toString()));
            }
        }
        for (var once : of.list("once")) {
            rules.add(rule(new Fields(of.where() + ".once", once), ""));
        }
        var group = new Group(name, of.text("interval"), rules);
        of.refuseOthers();
        return group;
    }

    private static Rule rule(Fields of, String window) {
        var labels = new TreeMap<String, String>();
        of.optional("labels")
                .ifPresent(some ->
                        ((Map<?, ?>) some).forEach((key, value) -> labels.put(key.toString(), value.toString())));
        var rule = new Rule(
                of.text("record").replace("$window", window), of.text("expr").replace("$window", window), labels);
        of.refuseOthers();
        return rule;
    }
}
