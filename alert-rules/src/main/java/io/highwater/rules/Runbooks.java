// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;

/** All runbooks: one for each alert, and one for all alerts that say that others are blind. */
public final class Runbooks {

    private static final String BLIND = "Blind";

    private Runbooks() {}

    /** @throws NoSuchElementException when there is no runbook for it */
    public static Runbook of(String alert) {
        var name = alert.endsWith(BLIND) ? BLIND : alert;
        try (var file = Runbooks.class.getResourceAsStream("runbooks/" + name + ".md")) {
            if (file == null) {
                throw new NoSuchElementException("there is no runbook " + name);
            }
            return new Runbook(name, new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The page of an alert's runbook, in Markdown.
     *
     * @throws NoSuchElementException when there is none
     */
    public static String page(String alert) {
        return "# " + alert + "\n\n" + of(alert).text();
    }
}
