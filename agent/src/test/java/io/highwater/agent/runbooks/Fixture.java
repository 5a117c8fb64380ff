// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A state of servers that commands are run in.
 *
 * @param name as runbooks have it
 * @param enter brings the state about; of fixtures of the same servers those before it have been
 * @param variables for the shell
 */
record Fixture(String name, Runnable enter, Supplier<Map<String, String>> variables) {

    static Fixture of(String name, Supplier<Map<String, String>> variables) {
        return new Fixture(name, () -> {}, variables);
    }
}
