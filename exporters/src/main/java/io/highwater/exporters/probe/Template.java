// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text in which {@code ${name}} stands for a value. */
record Template(String text) {

    private static final Pattern NAME = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    static boolean isName(String text) {
        return ALLOWED.matcher(text).matches();
    }

    Set<String> names() {
        return NAME.matcher(text).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }

    /** Whether it is a value and nothing else. */
    boolean isOneName() {
        return NAME.matcher(text).matches();
    }

    boolean hasNames() {
        return NAME.matcher(text).find();
    }

    String with(UnaryOperator<String> valueOf) {
        return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(valueOf.apply(name.group(1))));
    }
}
