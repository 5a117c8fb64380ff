// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Servers that run for all tests of one class.
 *
 * @param <S> what they are together
 */
abstract class ServersExtension<S> implements BeforeAllCallback, AfterAllCallback {

    private final Supplier<S> start;
    private final Consumer<S> close;
    private @Nullable S servers;

    ServersExtension(Supplier<S> start, Consumer<S> close) {
        this.start = start;
        this.close = close;
    }

    @Override
    public final void beforeAll(ExtensionContext context) {
        servers = start.get();
    }

    @Override
    public final void afterAll(ExtensionContext context) {
        if (servers != null) {
            close.accept(servers);
            servers = null;
        }
    }

    final S servers() {
        if (servers == null) {
            throw new IllegalStateException("the servers run only during tests: make the field static");
        }
        return servers;
    }
}
