// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the user of the demo may do: by the key of its first letter, or by its name on a line. */
enum Action {
    CUT("postgres", "cut the standby off"),
    HEAL("postgres", "heal the network"),
    PAUSE("postgres", "pause replay"),
    RESUME("postgres", "resume replay"),
    KILL("postgres", "kill the primary"),
    FAILOVER("postgres", "promote the standby"),
    BACK("postgres", "bring the old primary back"),
    STOP("jetstream", "stop the consumer"),
    GO("jetstream", "let it go on"),
    LEADER("jetstream", "kill the leader"),
    UP("jetstream", "start it again"),
    DROP("redis", "drop the replica's packets"),
    MEND("redis", "let them through"),
    ICE("bullmq", "freeze a worker"),
    THAW("bullmq", "thaw it"),
    NAP("outbox", "stop an outbox worker"),
    WAKE("outbox", "wake it"),
    VANISH("s3", "take drives away"),
    ADD("s3", "give them back"),
    JAM("probe", "freeze the shop"),
    OPEN("probe", "let it go on"),
    QUIT("", "quit");

    private final String component;
    private final String meaning;

    /** @param component to which it is done, as {@link Backend#component} */
    Action(String component, String meaning) {
        this.component = component;
        this.meaning = meaning;
    }

    String component() {
        return component;
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

    static List<Action> ofComponent(String component) {
        return Arrays.stream(values())
                .filter(action -> action.component.equals(component))
                .toList();
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
