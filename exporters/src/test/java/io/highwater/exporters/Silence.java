// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a class of tests during which a client library logged or printed something: failures are outcomes alone. */
public final class Silence implements BeforeAllCallback, AfterAllCallback {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            var line = entry.getLoggerName() + ": " + entry.getMessage() + "\n";
            said.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @Override
    public void beforeAll(ExtensionContext context) {
        Logger.getLogger("").addHandler(handler);
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.setErr(stderr);
        Logger.getLogger("").removeHandler(handler);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
