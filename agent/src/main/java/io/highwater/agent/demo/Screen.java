// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

/** Where the demo is shown. */
sealed interface Screen permits LiveScreen, PlainScreen {

    /** What can be seen now. */
    void show(Sight sight);

    /** Something that happened. */
    void tell(String event);
}
