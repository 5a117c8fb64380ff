// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Brings into our log, from WARN upwards, what libraries write to {@code java.util.logging}; the JDK's own
 * {@link System.Logger} ends there too. Nothing is loaded before a library first asks for its logger: the JDK then makes
 * one of these, by name, to configure it.
 */
public final class LibraryLogs {

    private static final String SETTINGS = "handlers=" + ToLog.class.getName() + "\n.level=WARNING\n";

    private static volatile @Nullable Log target;

    /** For {@code java.util.logging} alone. */
    public LibraryLogs() throws IOException {
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(UTF_8)));
    }

    /** To be called before any library logs; a later call changes only the log. */
    public static void into(Log log) {
        target = log;
        System.setProperty("java.util.logging.config.class", LibraryLogs.class.getName());
    }

    /** One line for one record. For {@code java.util.logging} alone, which makes it by name. */
    public static final class ToLog extends Handler {

        private final Formatter texts = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            Log log = target;
            if (log != null && isLoggable(entry)) {
                boolean severe = entry.getLevel().intValue() >= Level.SEVERE.intValue();
                log.from(String.valueOf(entry.getLoggerName()))
                        .write(severe ? LogLevel.ERROR : LogLevel.WARN, texts.formatMessage(entry), entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
