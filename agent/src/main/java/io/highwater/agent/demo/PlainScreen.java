// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.PrintStream;
import java.util.List;

/** A line for each backend at each look, and for each event: for pipes, files and scripts. */
record PlainScreen(PrintStream out) implements Screen {

    @Override
    public void show(List<Sight> sights) {
        sights.forEach(sight -> tell(sight.words()));
    }

    @Override
    public void tell(String event) {
        out.println(Screen.stamped(event));
    }
}
