// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Postgres server is to be. Nothing runs until {@link #start()}.
 *
 * @param major version, such as 18
 * @param name of the node; standbys use it as application_name
 * @param settings of postgresql.conf, over the lab's own
 */
public record ServerPlan(int major, String name, Map<String, String> settings) {

    public ServerPlan {
        settings = Map.copyOf(settings);
    }

    public ServerPlan name(String newName) {
        return new ServerPlan(major, newName, settings);
    }

    public ServerPlan setting(String key, String value) {
        var changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return new ServerPlan(major, name, changed);
    }

    /** With fsync, which the lab leaves out for speed: nothing here survives the machine anyway. */
    public ServerPlan durable() {
        return setting("fsync", "on");
    }

    /** A new server with an empty database, ready for connections. */
    public PostgresServer start() {
        var server = new PostgresServer(name, PostgresBinaries.of(major), settings);
        try {
            server.initialize();
            return server.start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }
}
