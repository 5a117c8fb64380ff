// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import java.util.List;

/** Servers of one kind, and what happens to them. */
interface Fixtures extends AutoCloseable {

    /** As the agent's configuration has them, below {@code clusters:}. */
    String clusters();

    /** In the order in which they are entered, all of them after the agent is ready. */
    List<Fixture> all();

    @Override
    void close();
}
