// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place for events: a level, a message and pairs of key and value, each event one line. Thread-safe. There is no
 * global log; {@code main} makes one and hands it down.
 *
 * <pre>{@code
 * log.from("Agent").with("cluster", "orders-db").info("Target is up", "node", "pg-1");
 * time=2026-11-22T06:40:00.123Z level=INFO source=Agent msg="Target is up" cluster=orders-db node=pg-1
 * }</pre>
 */
public final class Log {

    private final LogFormat format;
    private final LogLevel least;
    private final OutputStream out;
    private final InstantSource clock;
    private final String source;
    private final @Nullable Object[] context;

    /**
     * @param least what matters less is dropped
     * @param out usually standard error; written one whole line at a time and flushed
     */
    public Log(LogFormat format, LogLevel least, OutputStream out) {
        this(format, least, out, InstantSource.system(), "", new Object[0]);
    }

    Log(
            LogFormat format,
            LogLevel least,
            OutputStream out,
            InstantSource clock,
            String source,
            @Nullable Object[] context) {
        this.format = format;
        this.least = least;
        this.out = out;
        this.clock = clock;
        this.source = source;
        this.context = context;
    }

    /** The same log for events of one part of the program, by its name. */
    public Log from(String name) {
        return new Log(format, least, out, clock, name, context);
    }

    /** The same log with pairs of key and value that every event carries. */
    public Log with(@Nullable Object... pairs) {
        @Nullable Object[] both = Arrays.copyOf(context, context.length + pairs.length);
        System.arraycopy(pairs, 0, both, context.length, pairs.length);
        return new Log(format, least, out, clock, source, both);
    }

    public void debug(String message, @Nullable Object... pairs) {
        write(LogLevel.DEBUG, message, null, pairs);
    }

    public void info(String message, @Nullable Object... pairs) {
        write(LogLevel.INFO, message, null, pairs);
    }

    public void warn(String message, @Nullable Object... pairs) {
        write(LogLevel.WARN, message, null, pairs);
    }

    public void error(String message, @Nullable Object... pairs) {
        write(LogLevel.ERROR, message, null, pairs);
    }

    /** Something we did not foresee: with its stack trace, escaped into one value. */
    public void bug(String message, Throwable thrown, @Nullable Object... pairs) {
        write(LogLevel.ERROR, message, thrown, pairs);
    }

    public boolean shows(LogLevel level) {
        return level.compareTo(least) >= 0;
    }

    void write(LogLevel level, String message, @Nullable Throwable thrown, @Nullable Object... pairs) {
        if (!shows(level)) {
            return;
        }
        StringBuilder line = new StringBuilder(160);
        format.begin(line);
        format.field(line, "time", clock.instant());
        format.field(line, "level", level);
        if (!source.isEmpty()) {
            format.field(line, "source", source);
        }
        format.field(line, "msg", message);
        fields(line, context);
        fields(line, pairs);
        if (thrown != null) {
            format.field(line, "err", thrown);
            format.field(line, "stack", Values.trace(thrown));
        }
        format.end(line);
        print(line.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void fields(StringBuilder line, @Nullable Object[] pairs) {
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            format.field(line, String.valueOf(pairs[i]), pairs[i + 1]);
        }
        if (pairs.length % 2 == 1) {
            format.field(line, "!BADKEY", pairs[pairs.length - 1]); // as slog marks it; better than a lost value
        }
    }

    private void print(byte[] line) {
        synchronized (out) {
            try {
                out.write(line);
                out.flush();
            } catch (IOException gone) {
                // Nobody reads the log. There is nowhere left to say so, and watching goes on.
            }
        }
    }
}
