// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.List;
import java.util.Optional;

/**
 * The alerts of one file.
 *
 * @param group the file's name
 * @param blind the name of the alert that says that those of the file that need something are blind
 * @param present an expression that has a series for each cluster that they should see
 */
record AlertFile(String group, Optional<String> blind, Optional<String> present, List<Alert> alerts) {

    AlertFile {
        alerts = List.copyOf(alerts);
    }
}
