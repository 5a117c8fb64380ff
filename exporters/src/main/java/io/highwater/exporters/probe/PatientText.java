// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.regex.Pattern;

/** Text in which a regular expression is looked for until the deadline: one that goes back too often ends there. */
final class PatientText implements CharSequence {

    /** The clock is asked once in so many characters. */
    private static final int OFTEN = 0xFFFF;

    private final CharSequence text;
    private final Attempt attempt;
    private int read;

    private PatientText(CharSequence text, Attempt attempt) {
        this.text = text;
        this.attempt = attempt;
    }

    private static final class NoTimeLeft extends RuntimeException {
        NoTimeLeft() {
            super("no time left", null, false, false);
        }
    }

    /** What is made of the text while there is time. */
    @FunctionalInterface
    interface Search<T> {
        T in(CharSequence text);
    }

    static boolean has(Pattern pattern, CharSequence text, Attempt attempt) throws ProbeFailure {
        return search(
                pattern, text, attempt, patient -> pattern.matcher(patient).find());
    }

    /** @param pattern that is looked for, for the message */
    static <T> T search(Pattern pattern, CharSequence text, Attempt attempt, Search<T> search) throws ProbeFailure {
        try {
            return search.in(new PatientText(text, attempt));
        } catch (NoTimeLeft e) {
            throw new ProbeFailure(FailureReason.TIMEOUT, "no time left to look for " + pattern, e);
        } catch (StackOverflowError e) {
            throw new ProbeFailure(FailureReason.BODY, pattern + " goes too deep into this text", e);
        }
    }

    @Override
    public char charAt(int index) {
        if ((++read & OFTEN) == 0
                && (attempt.left().isZero() || Thread.currentThread().isInterrupted())) {
            throw new NoTimeLeft();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
