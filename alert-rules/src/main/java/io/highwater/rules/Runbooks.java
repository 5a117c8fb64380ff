// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;

/** The runbooks of alerts. */
public final class Runbooks {

    private static final String BLIND = "Blind";

    private Runbooks() {}

    /** Their names, in the order of the alerts. */
    public static List<String> names() {
        return Alerts.all().stream().map(Runbooks::of).distinct().toList();
    }

    /** As it is written; {@link RunbookPage} is what people read. */
    public static Runbook named(String name) {
        try (var file = Runbooks.class.getResourceAsStream("runbooks/" + name + ".md")) {
            if (file == null) {
                throw new NoSuchElementException("there is no runbook " + name);
            }
            return new Runbook(name, new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the alert's runbook: its own, but for those that say that others are blind, which share one. */
    static String of(Alert alert) {
        return alert.name().endsWith(BLIND) ? BLIND : alert.name();
    }
}
