// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the user of the demo may do: by the key of its first letter, or by its name on a line. */
enum Action {
    CUT("cut the standby off"),
    HEAL("heal the network"),
    PAUSE("pause replay"),
    RESUME("resume replay"),
    KILL("kill the primary"),
    FAILOVER("promote the standby"),
    BACK("bring the old primary back"),
    STOP("stop the consumer"),
    GO("let it go on"),
    LEADER("kill the leader"),
    UP("start it again"),
    DROP("drop the replica's packets"),
    MEND("let them through"),
    QUIT("quit");

    private final String meaning;

    Action(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }

    char key() {
        return word().charAt(0);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Action> of(char key) {
        return Arrays.stream(values()).filter(action -> action.key() == key).findFirst();
    }

    static Optional<Action> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }
}
