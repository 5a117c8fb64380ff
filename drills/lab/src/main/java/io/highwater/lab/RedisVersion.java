// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server program that speaks Redis' protocol. Looked for in the folder that the system property
 * {@value #FOLDER_PROPERTY} names; {@code scripts/tools} brings the first one there, {@code scripts/redis-versions} the
 * others.
 */
public enum RedisVersion {
    REDIS_7_0("redis-server"),
    REDIS_6_2("redis-server-6.2"),
    REDIS_8_0("redis-server-8.0"),
    VALKEY_8_0("valkey-server-8.0");

    static final String FOLDER_PROPERTY = "highwater.lab.tools";

    private final String program;

    RedisVersion(String program) {
        this.program = program;
    }

    Path program() {
        var folder = System.getProperty(FOLDER_PROPERTY);
        if (folder == null) {
            throw new LabException("set the system property " + FOLDER_PROPERTY + " to the folder of " + program);
        }
        var path = Path.of(folder).toAbsolutePath().resolve(program);
        if (!Files.isExecutable(path)) {
            throw new LabException("no " + path + ": run scripts/tools, and scripts/redis-versions for other versions");
        }
        return path;
    }
}
