// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A piece of a page. Whatever is put into one is escaped, unless it is such a piece itself. */
record Html(String markup) {

    static final Html NOTHING = new Html("");

    /** The template with the values in place of its {@code {}}, in their order. */
    static Html of(String template, Object... values) {
        var out = new StringBuilder(template.length() + 64);
        int from = 0;
        for (var value : values) {
            int at = template.indexOf("{}", from);
            if (at < 0) {
                throw new IllegalArgumentException("more values than places in " + template);
            }
            out.append(template, from, at)
                    .append(value instanceof Html(String markup) ? markup : escape(String.valueOf(value)));
            from = at + 2;
        }
        return new Html(out.append(template, from, template.length()).toString());
    }

    static Html all(List<Html> pieces) {
        return new Html(pieces.stream().map(Html::markup).collect(joining()));
    }

    /** For text and for attributes in double quotes. */
    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
