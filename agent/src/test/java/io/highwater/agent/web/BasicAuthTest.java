// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BasicAuthTest {

    /** High enough to be told from everything else by its time, some 250 ms. */
    private static final int COST = 12;

    private final BasicAuth auth = new BasicAuth(Map.of("alice", hash("right", COST)));

    @Test
    void computesOnceForAUserAndAsLongForAnUnknownOne() {
        long known = nanos("alice", "right", true);
        long unknown = nanos("bob", "right", false);
        long wrong = nanos("alice", "wrong", false);

        assertThat(nanos("alice", "right", true)).isLessThan(known / 4);
        assertThat(nanos("alice", "wrong", false)).isLessThan(wrong / 4);
        assertThat(unknown).isGreaterThan(wrong / 20);
    }

    @Test
    void remembersAUserThroughManyGuesses() {
        BasicAuth several = new BasicAuth(Map.of("alice", hash("right", COST), "bob", hash("x", 4)));
        long first = nanos(several, "alice", "right", true);
        for (int i = 0; i < 200; i++) {
            nanos(several, "bob", "guess " + i, false);
        }
        assertThat(nanos(several, "alice", "right", true)).isLessThan(first / 4);
    }

    @Test
    void takesPasswordsWithColonsAndCutsLongOnes() {
        BasicAuth cheap = new BasicAuth(Map.of("alice", hash("a:b", 4), "bob", hash("x".repeat(72), 4)));
        nanos(cheap, "alice", "a:b", true);
        nanos(cheap, "bob", "x".repeat(100), true);
        nanos(cheap, "bob", "x".repeat(71), false);
    }

    @Test
    void admitsEverybodyWithoutUsers() {
        assertThat(new BasicAuth(Map.of()).admits(Optional.empty())).isTrue();
        assertThat(auth.admits(Optional.empty())).isFalse();
    }

    private long nanos(String user, String password, boolean admitted) {
        return nanos(auth, user, password, admitted);
    }

    private static long nanos(BasicAuth auth, String user, String password, boolean admitted) {
        long start = System.nanoTime();
        assertThat(auth.admits(Optional.of(Served.basic(user, password)))).isEqualTo(admitted);
        return System.nanoTime() - start;
    }

    private static PasswordHash hash(String password, int cost) {
        return new PasswordHash(BCrypt.withDefaults().hashToString(cost, password.toCharArray()));
    }
}
