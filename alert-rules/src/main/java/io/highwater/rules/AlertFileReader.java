// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the files of alerts. What is wrong with one is an {@link IllegalArgumentException} that says where. */
final class AlertFileReader {

    private AlertFileReader() {}

    static AlertFile read(String group) {
        var file = new Fields(group, yaml("alerts/" + group + ".yaml"));
        var component = file.optionalText("component");
        var dashboard = file.text("dashboard");
        var alerts = new ArrayList<Alert>();
        var each = file.fields("alerts");
        for (var name : each.keys()) {
            alerts.add(alert(group, (String) name, each.fields((String) name), component, dashboard));
        }
        var read = new AlertFile(group, file.optionalText("blind"), file.optionalText("present"), alerts);
        file.refuseOthers();
        return read;
    }

    /** A file of this package, as maps and lists. */
    static Object yaml(String file) {
        try (var in = AlertFileReader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no file " + file);
            }
            return new Load(LoadSettings.builder().setLabel(file).build()).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Alert alert(String group, String name, Fields of, Optional<String> component, String dashboard) {
        var alert = new Alert(
                name,
                group,
                of.optionalText("component").or(() -> component),
                of.text("means"),
                of.word("severity", List.of(Severity.values()), Severity::label),
                of.word("layer", List.of(Layer.values()), Layer::label),
                of.text("expr"),
                of.byLevel("threshold", Fields::number),
                of.byLevel("for", Fields::duration),
                of.text("summary"),
                of.text("description"),
                of.optionalText("dashboard").orElse(dashboard),
                of.optionalText("needs"),
                tests(of));
        of.refuseOthers();
        return alert;
    }

    /** {@code always} is for what fires whatever the series. */
    private static List<AlertTest> tests(Fields of) {
        if (of.optional("tests").filter("always"::equals).isPresent()) {
            return List.of();
        }
        var tests = new ArrayList<AlertTest>();
        for (var test : of.list("tests")) {
            tests.add(test(new Fields(of.where() + ".tests", test)));
        }
        return tests;
    }

    private static AlertTest test(Fields of) {
        var labels = new LinkedHashMap<String, String>();
        of.optional("labels")
                .ifPresent(
                        some -> ((Map<?, ?>) some).forEach((key, value) -> labels.put((String) key, value.toString())));
        var test = new AlertTest(
                labels,
                of.optionalText("cluster").map(Boolean::valueOf).orElse(true),
                of.list("series").stream()
                        .map(row -> series(of.where(), (List<?>) row))
                        .toList(),
                of.optionalText("warm"),
                of.optionalText("settle"),
                of.optionalText("clear"));
        of.refuseOthers();
        return test;
    }

    private static AlertTest.Series series(String where, List<?> row) {
        if (row.size() != 4) {
            throw new IllegalArgumentException(where + ": a series is [selector, well, edge, ill], and is " + row);
        }
        return new AlertTest.Series(
                row.get(0).toString(),
                row.get(1).toString(),
                row.get(2).toString(),
                row.get(3).toString());
    }
}
