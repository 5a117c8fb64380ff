// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.log;

import org.jspecify.annotations.Nullable;

/** How an event becomes a line: {@code --log.format}. */
public enum LogFormat {
    /** {@code time=2026-11-22T06:40:00.123Z level=INFO source=Agent msg="Target is up" node=pg-1}. */
    LOGFMT {
        @Override
        void begin(StringBuilder line) {}

        @Override
        void field(StringBuilder line, String key, @Nullable Object value) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            Quotes.logfmt(line, key);
            line.append('=');
            Quotes.logfmt(line, Values.text(value));
        }

        @Override
        void end(StringBuilder line) {
            line.append('\n');
        }
    },

    /** One JSON object per line with the same keys; numbers and booleans unquoted. */
    JSON {
        @Override
        void begin(StringBuilder line) {
            line.append('{');
        }

        @Override
        void field(StringBuilder line, String key, @Nullable Object value) {
            if (line.length() > 1) {
                line.append(',');
            }
            Quotes.json(line, key);
            line.append(':');
            if (Values.isJsonLiteral(value)) {
                line.append(value);
            } else {
                Quotes.json(line, Values.text(value));
            }
        }

        @Override
        void end(StringBuilder line) {
            line.append("}\n");
        }
    };

    abstract void begin(StringBuilder line);

    abstract void field(StringBuilder line, String key, @Nullable Object value);

    abstract void end(StringBuilder line);
}
