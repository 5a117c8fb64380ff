// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

/** What others said, in messages for people. */
public final class Texts {

    private Texts() {}

    /** Its first characters, and {@code …} where more came. */
    public static String cut(String text, int most) {
        return text.length() > most ? text.substring(0, most) + "…" : text;
    }
}
