// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.page;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A page's bytes, read from front to back, line by line and word by word. */
final class PageText {

    private static final int SHOWN = 40;

    /** No number of this length can be too large for a long, or too fine for a double. */
    private static final int SHORT_DIGITS = 15;

    private final byte[] page;
    private int line;
    private int next;
    private int at;
    private int end;

    PageText(byte[] page) {
        this.page = page;
    }

    /** Goes to the next line, which may be empty; false after the last one. */
    boolean nextLine() {
        if (next >= page.length) {
            return false;
        }
        at = next;
        end = at;
        while (end < page.length && page[end] != '\n') {
            end++;
        }
        next = end + 1;
        line++;
        if (end > at && page[end - 1] == '\r' && end < page.length) {
            end--;
        }
        return true;
    }

    /** Whether the line ends as a line does; only the last one may not. */
    boolean isEnded() {
        return next <= page.length;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Whether this comes next. */
    boolean sees(char c) {
        return at < end && page[at] == c;
    }

    /** Passes this if it comes next. */
    boolean take(char c) {
        if (sees(c)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char c) throws CollectionException {
        if (!take(c)) {
            throw expected("'" + c + "'");
        }
    }

    /** Blanks and tabs; false when there were none. */
    boolean skipBlanks() {
        int from = at;
        while (sees(' ') || sees('\t')) {
            at++;
        }
        return at > from;
    }

    /** Letters, digits, {@code _}, and {@code :} when allowed, not beginning with a digit; empty when there is none. */
    Span name(boolean colons) {
        int from = at;
        while (at < end && isOfName(page[at], colons, at > from)) {
            at++;
        }
        return new Span(from, at);
    }

    private static boolean isOfName(byte c, boolean colons, boolean digits) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (colons && c == ':')
                || (digits && c >= '0' && c <= '9');
    }

    /** All up to a blank, a tab, or the end of the line. */
    Span word() {
        int from = at;
        while (at < end && page[at] != ' ' && page[at] != '\t') {
            at++;
        }
        return new Span(from, at);
    }

    /** Passes a value in quotes, the opening one being behind; where it was, still escaped. */
    Span quoted() throws CollectionException {
        int from = at;
        while (at < end && page[at] != '"') {
            at += page[at] == '\\' ? 2 : 1;
        }
        if (at >= end) {
            at = end;
            throw expected("the '\"' that ends a label's value");
        }
        return new Span(from, at++);
    }

    /** A piece of the page. */
    record Span(int from, int to) {
        boolean isEmpty() {
            return from == to;
        }
    }

    boolean same(Span one, Span other) {
        return Arrays.equals(page, one.from, one.to, page, other.from, other.to);
    }

    /** Of what is known to be ASCII. */
    String ascii(Span span) {
        return new String(page, span.from, span.to - span.from, StandardCharsets.ISO_8859_1);
    }

    /** What a label's value stands for; a backslash before anything else stands for itself, as Prometheus has it. */
    String unescaped(Span span) throws CollectionException {
        var text = utf8(span);
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char escaped = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
            switch (escaped) {
                case 'n' -> plain.append('\n');
                case '\\', '"' -> plain.append(escaped);
                default -> plain.append(c);
            }
            i += escaped == 'n' || escaped == '\\' || escaped == '"' ? 1 : 0;
        }
        return plain.toString();
    }

    private String utf8(Span span) throws CollectionException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(page, span.from, span.to - span.from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("a label's value is not UTF-8");
        }
    }

    /** Not a number is a value here. */
    double number(Span span) throws CollectionException {
        int length = span.to - span.from;
        if (length > 0 && length <= SHORT_DIGITS) {
            long whole = 0;
            for (int i = span.from; i < span.to && whole >= 0; i++) {
                byte c = page[i];
                whole = c >= '0' && c <= '9' ? whole * 10 + (c - '0') : -1;
            }
            if (whole >= 0) {
                return whole;
            }
        }
        var number = Numbers.parse(ascii(span));
        if (number.isEmpty()) {
            at = span.from;
            throw expected("a number");
        }
        return number.getAsDouble();
    }

    CollectionException expected(String what) {
        return wrong("expected " + what + ", found " + found());
    }

    CollectionException wrong(String what) {
        return new CollectionException(Reason.PROTOCOL, "line " + line + " of the page: " + what);
    }

    /** What comes next, short, and without what is not to be printed. */
    private String found() {
        if (at >= end) {
            return "the end of the line";
        }
        var text = new String(page, at, Math.min(SHOWN, end - at), StandardCharsets.UTF_8)
                .replaceAll("[^\\x20-\\x7e]", "?");
        return "\"" + text + (end - at > SHOWN ? "…" : "") + "\"";
    }
}
