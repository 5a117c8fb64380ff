// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Where the demo is shown. */
sealed interface Screen permits LiveScreen, PlainScreen {

    /** What can be seen now, of each backend. */
    void show(List<Sight> sights);

    /** Something that happened. */
    void tell(String event);

    static String stamped(String text) {
        return LocalTime.now(ZoneId.systemDefault())
                        .truncatedTo(ChronoUnit.SECONDS)
                        .format(DateTimeFormatter.ISO_LOCAL_TIME)
                + "  " + text;
    }
}
