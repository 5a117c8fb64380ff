// SPDX-License-Identifier: Apache-2.0
package io.highwater.dashboards;

/** What a value that stands for a state is called, and its colour. */
public record State(double value, String text, Colour colour) {

    static final State YES = new State(1, "yes", Colour.GREEN);
    static final State NO = new State(0, "no", Colour.RED);
}
