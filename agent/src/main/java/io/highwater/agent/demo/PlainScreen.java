// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.PrintStream;

/** A line for each look and each event: for pipes, files and scripts. */
record PlainScreen(PrintStream out) implements Screen {

    @Override
    public void show(Sight sight) {
        tell("up=" + sight.up() + "/" + sight.nodes().size()
                + " primaries=" + Quantities.count(sight.primaries())
                + " lag=" + compact(Quantities.seconds(sight.lag()))
                + " rpo=" + compact(Quantities.seconds(sight.rpoSeconds()))
                + " rpo_bytes=" + Quantities.count(sight.rpoBytes())
                + " connections=" + Quantities.count(sight.connections())
                + " wal=" + compact(Quantities.bytes(sight.walRate())) + "/s");
    }

    @Override
    public void tell(String event) {
        out.println(Screen.stamped(event));
    }

    private static String compact(String quantity) {
        return quantity.replace(" ", "");
    }
}
