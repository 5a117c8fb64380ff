// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import java.util.List;
import java.util.Map;

/** One kind of backend in the demo: real servers, clients that keep them busy, and what may be done to both. */
interface Backend extends AutoCloseable {

    /** As the configuration calls it: postgres. */
    String component();

    /** As people call it, with its version: Postgres 18. */
    String title();

    /** What the configuration says below the component's name, a line each. */
    List<String> settings();

    /** What the agent logs in with, by the name of the file that the settings find it in. */
    default Map<String, String> secrets() {
        return Map.of();
    }

    /**
     * What is to be seen now.
     *
     * @param seconds since the scrape before
     */
    Sight look(Readings now, Readings before, double seconds);

    /** One that has this {@linkplain Action#component component}. Says what it did; {@link LabException} says why it could not. */
    String act(Action action);

    @Override
    void close();
}
