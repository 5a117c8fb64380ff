// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import io.highwater.agent.self.History;
import java.util.List;

/** Collections that were, one a row. */
final class HistoryTable {

    private HistoryTable() {}

    static Html of(List<History.Entry> entries) {
        return entries.isEmpty()
                ? new Html("<p>None.</p>\n")
                : Html.of("""
                        <table>
                        <tr><th>when</th><th>target</th><th>collector</th><th class="number">took</th>\
                        <th class="number">series</th><th>remarks</th></tr>
                        {}</table>
                        """, Html.all(entries.stream().map(HistoryTable::row).toList()));
    }

    private static Html row(History.Entry entry) {
        return Html.of(
                """
                <tr><td>{}</td><td>{}</td><td>{}</td><td class="number">{}</td>\
                <td class="number">{}</td><td>{}</td></tr>
                """,
                Times.utc(entry.at()),
                entry.target(),
                entry.collector(),
                Times.of(entry.took()),
                entry.series(),
                CollectorRows.outcome(entry.outcome()));
    }
}
