// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.util.List;

/** Patterns in which {@code *} stands for any text and everything else for itself. */
public final class Globs {

    private Globs() {}

    public static boolean any(List<String> globs, String text) {
        return globs.stream().anyMatch(glob -> matches(glob, text));
    }

    /** Each piece between two stars is looked for as far to the left as it goes. */
    private static boolean matches(String glob, String text) {
        int star = glob.indexOf('*');
        if (star < 0) {
            return glob.equals(text);
        }
        int last = glob.lastIndexOf('*');
        var end = glob.substring(last + 1);
        if (!text.startsWith(glob.substring(0, star)) || !text.endsWith(end) || text.length() < star + end.length()) {
            return false;
        }
        int from = star;
        int limit = text.length() - end.length();
        for (var piece : glob.substring(star, last + 1).split("\\*", -1)) {
            int found = text.indexOf(piece, from);
            if (found < 0 || found + piece.length() > limit) {
                return false;
            }
            from = found + piece.length();
        }
        return true;
    }
}
