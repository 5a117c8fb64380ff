// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

/** The words and symbols of a label selector, in their order; the empty text after the last. */
final class LabelTokens {

    private static final String SYMBOLS = "=!(),><";
    private static final String BLANKS = " \t\r\n";

    private final String text;
    private int at;
    private int lastAt;
    private String last = "";

    LabelTokens(String text) {
        this.text = text;
    }

    static boolean isWord(String token) {
        return !token.isEmpty() && SYMBOLS.indexOf(token.charAt(0)) < 0;
    }

    boolean isAtEnd() {
        return isNext("");
    }

    boolean isNext(String token) {
        return text.substring(start(), end()).equals(token);
    }

    /** Takes it if it is next. */
    boolean skip(String token) {
        boolean found = isNext(token);
        if (found) {
            next();
        }
        return found;
    }

    String next() {
        lastAt = start();
        at = end();
        last = text.substring(lastAt, at);
        return last;
    }

    /** The one taken last. */
    String last() {
        return last;
    }

    int lastAt() {
        return lastAt;
    }

    private int start() {
        int start = at;
        while (start < text.length() && BLANKS.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return start;
    }

    private int end() {
        int end = start();
        if (end == text.length()) {
            return end;
        }
        if (SYMBOLS.indexOf(text.charAt(end)) >= 0) {
            return text.startsWith("==", end) || text.startsWith("!=", end) ? end + 2 : end + 1;
        }
        while (end < text.length() && (SYMBOLS + BLANKS).indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
