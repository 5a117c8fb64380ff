// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

import java.util.List;

/** Panels below a title; those of a folded row are asked for when somebody opens it. */
public record Row(String title, boolean folded, List<Panel> panels) {

    public Row {
        panels = List.copyOf(panels);
    }

    static Row open(String title, Panel... panels) {
        return new Row(title, false, List.of(panels));
    }

    static Row folded(String title, Panel... panels) {
        return new Row(title, true, List.of(panels));
    }
}
