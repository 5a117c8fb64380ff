// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Level;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Failures of real servers, and who is told of them, with everything in between as it is shipped: some of them in haste.
 * All of them, at their own pace: {@code drills/prove-alerts}.
 */
class PagingTest {

    private static final Set<String> SOME = Set.of("PostgresNoPrimary", "NatsQuorumLost", "RedisDown");

    @Test
    void whatIsDownIsOnePage() throws Exception {
        var outcomes = new Proof(Level.L3, drill -> SOME.contains(drill.name()), true, System.err::println).make();

        assertThat(outcomes).hasSameSizeAs(SOME);
        var softly = new SoftAssertions();
        for (var one : outcomes) {
            softly.assertThat(one.pages())
                    .as("pages of %s, beside %s that are inhibited", one.drill().name(), one.inhibited())
                    .isEqualTo(one.drill().pages());
        }
        softly.assertAll();
    }
}
