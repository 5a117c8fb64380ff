// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;

/**
 * What an exporter says of one of its collectors before any is opened.
 *
 * @param name as in the configuration's {@code collectors:} and the label {@code collector}
 * @param about one phrase: what it collects
 * @param schedule when it runs unless the configuration says otherwise
 * @param enabled whether it runs unless the configuration says otherwise
 * @param families every family that it may expose
 */
public record CollectorSpec(String name, String about, Schedule schedule, boolean enabled, List<Family> families) {
    public CollectorSpec {
        families = List.copyOf(families);
    }
}
