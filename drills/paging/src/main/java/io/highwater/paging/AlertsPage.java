// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page of alerts, of which each command writes its own part, between two comments. */
record AlertsPage(Path file) {

    /** Puts the text in place of what this part had. A part that is not there yet comes to the end. */
    void write(String part, String text) {
        try {
            var page = Files.exists(file) ? Files.readString(file) : "# Alerts\n";
            Files.writeString(file, replaced(page, part, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String replaced(String page, String part, String text) {
        int start = page.indexOf(begin(part));
        int end = page.indexOf(end(part));
        if (start < 0 || end < start) {
            return page.stripTrailing() + "\n\n" + whole(part, text) + "\n";
        }
        return page.substring(0, start)
                + whole(part, text)
                + page.substring(end + end(part).length());
    }

    private static String whole(String part, String text) {
        return begin(part) + "\n" + text.stripTrailing() + "\n" + end(part);
    }

    private static String begin(String part) {
        return "<!-- drills/prove-alerts: " + part + " -->";
    }

    private static String end(String part) {
        return "<!-- end of " + part + " -->";
    }
}
