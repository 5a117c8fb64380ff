// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the demo shows of one backend, from one scrape. What is not known is absent, as it is in the page. */
interface Sight {

    /** For scripts: the component, and words such as up=2/2. */
    String words();

    /** For people: always as many lines, of 80 columns at most. */
    List<String> picture(Ink ink);

    /** What is drawn over time below the picture. */
    Curve curve();

    /**
     * A number that is worth a curve.
     *
     * @param format for its maximum
     */
    record Curve(String name, OptionalDouble value, Function<OptionalDouble, String> format) {}
}
