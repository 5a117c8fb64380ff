// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;

/** The table of all values in the chart's README: the key, its default from values.yaml, its meaning from the schema. */
final class ValuesTable {

    static final String BEGIN = "<!-- values: made of values.yaml and helm/src/schema/values.schema.yaml -->\n";
    static final String END = "<!-- end of values -->\n";

    private ValuesTable() {}

    static String markdown() throws IOException {
        var defaults = Node.parse(Files.readString(Chart.DIRECTORY.resolve("values.yaml")));
        var gson = new GsonBuilder().disableHtmlEscaping().create();
        var table = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
        ValuesSchema.load().meanings().forEach((path, meaning) -> {
            if (path.equals("global")) {
                return;
            }
            var value = defaults.at((Object[]) path.split("\\."));
            table.append("| `%s` | `%s` | %s |%n".formatted(path, gson.toJson(value.value()), meaning));
        });
        return table.toString();
    }
}
