// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.Map;

/**
 * The few colours of the demo.
 *
 * @param colored false where they are not wanted: then text stays as it is
 */
record Ink(boolean colored) {

    /** As <a href="https://no-color.org">NO_COLOR</a> and TERM say. */
    static Ink of(Map<String, String> environment) {
        return new Ink(environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb"));
    }

    String faint(String text) {
        return paint("2", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    /** Green or red. */
    String judge(boolean good, String text) {
        return paint(good ? "32" : "31", text);
    }

    private String paint(String code, String text) {
        return colored ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
