// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.log;

import java.util.HexFormat;

/**
 * Escapes text so that an event stays one line and shows what it holds: no line end, no terminal sequence and no
 * invisible character of a name or an error message gets through.
 */
final class Quotes {

    private static final HexFormat HEX = HexFormat.of();

    private Quotes() {}

    /** As Go's slog does: bare if that is unambiguous, else in double quotes. */
    static void logfmt(StringBuilder line, String text) {
        if (isBare(text)) {
            line.append(text);
        } else {
            json(line, text);
        }
    }

    /** A JSON string. */
    static void json(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"', '\\' -> line.append('\\').append((char) c);
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> plainOrHex(line, c);
            }
        }
        line.append('"');
    }

    private static void plainOrHex(StringBuilder line, int c) {
        if (isVisible(c)) {
            line.appendCodePoint(c);
            return;
        }
        for (char unit : Character.toChars(c)) {
            line.append("\\u").append(HEX.toHexDigits(unit));
        }
    }

    private static boolean isBare(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == ' ' || c == '=' || c == '"' || !isVisible(c)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isVisible(int c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
