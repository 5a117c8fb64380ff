// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.cli;

import java.util.ArrayList;
import java.util.List;

/** What a program or a command says of itself. */
final class Help {

    private record Row(String left, String right) {}

    private Help() {}

    static String of(Program program) {
        var rows = new ArrayList<Row>();
        program.commands().forEach(command -> rows.add(new Row(command.name(), firstLine(command.about()))));
        rows.add(new Row("--version", "Says which version this is."));
        rows.add(new Row("--help", "Says this; after a command, what it takes."));
        return "usage: " + program.name() + " COMMAND\n\n" + program.about() + "\n\n" + table(rows);
    }

    static String of(Program program, Command command) {
        var usage = new StringBuilder("usage: " + program.name() + " " + command.name());
        var rows = new ArrayList<Row>();
        for (var option : command.options()) {
            var sample = option.isSwitch() ? option.name() : option.name() + "=" + option.value();
            usage.append(option.required() ? " " + sample : "");
            rows.add(new Row(left(option), right(option)));
        }
        rows.add(new Row("--help", "Says this."));
        usage.append(command.options().stream().allMatch(Option::required) ? "" : " [FLAGS]");
        usage.append(command.parameter().isEmpty() ? "" : " " + command.parameter());
        return usage.append("\n\n")
                .append(command.about())
                .append("\n\n")
                .append(table(rows))
                .toString();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String left(Option option) {
        var names = String.join(", ", option.names());
        return option.isSwitch() ? names : names + "=" + option.value();
    }

    private static String right(Option option) {
        return option.fallback().isEmpty() ? option.about() : option.about() + " Default: " + option.fallback();
    }

    private static String table(List<Row> rows) {
        int width = rows.stream().mapToInt(row -> row.left.length()).max().orElse(0);
        var table = new StringBuilder();
        for (var row : rows) {
            table.append("  ")
                    .append(row.left)
                    .repeat(' ', width - row.left.length())
                    .append("  ")
                    .append(row.right)
                    .append('\n');
        }
        return table.toString();
    }
}
