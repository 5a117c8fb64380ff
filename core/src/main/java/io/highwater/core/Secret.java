// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.function.Supplier;

/**
 * A credential that never prints. Read from a file or the environment each time it is needed, so that a rotated one
 * is used from the next connection on.
 */
public final class Secret {

    private final String origin;
    private final Supplier<String> value;

    /**
     * @param origin where it comes from, for messages: {@code file /run/secrets/pg}, {@code environment PGPASSWORD}
     * @param value reads it; throws {@link IllegalStateException} with a message for people
     */
    public Secret(String origin, Supplier<String> value) {
        this.origin = origin;
        this.value = value;
    }

    public String origin() {
        return origin;
    }

    public String reveal() {
        return value.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.origin.equals(origin);
    }

    @Override
    public int hashCode() {
        return origin.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
