// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.minio.Health.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BestReportTest {

    private static final NodeHealth WRITABLE = new NodeHealth(Verdict.YES, Verdict.YES);
    private static final Map<String, NodeHealth> BOTH = Map.of("a", WRITABLE, "b", WRITABLE);

    private final BestReport best = new BestReport();

    private static ClusterReport online(int drives) {
        return new ClusterReport(
                List.of(new ErasureSet(new ErasureSet.Name("0", "0"), drives, 0, 4, 5)), List.of(), Map.of());
    }

    private int best(int a, int b, Map<String, NodeHealth> views, long now) {
        return best.of(Map.of("a", online(a), "b", online(b)), views, now)
                .orElseThrow()
                .online();
    }

    @Test
    void whoseNumbersChangedLastIsBelieved() {
        assertThat(best(8, 8, BOTH, 1)).isEqualTo(8);
        assertThat(best(8, 7, BOTH, 2)).as("a looked before that").isEqualTo(7);
        assertThat(best(7, 7, BOTH, 3)).isEqualTo(7);
        assertThat(best(8, 7, BOTH, 4)).as("and now b did").isEqualTo(8);
    }

    @Test
    void whatIsCountedBesideTheSetsSaysNothingOfHowNewTheyAre() {
        best(8, 8, BOTH, 1);
        assertThat(best(8, 7, BOTH, 2)).isEqualTo(7);
        var drives = new Reading(ClusterFamilies.DRIVES, List.of("online"), 7);
        var a = new ClusterReport(online(8).sets(), List.of(drives), Map.of());
        assertThat(best.of(Map.of("a", a, "b", online(7)), BOTH, 3))
                .as("a has counted drives anew, and looked at the sets before b did")
                .contains(online(7));
    }

    @Test
    void ofTwoThatNobodyKnowsSinceWhenTheLessGoodIsBelieved() {
        assertThat(best(8, 6, BOTH, 1)).isEqualTo(6);
    }

    @Test
    void whoFindsTooFewDrivesIsNotBelievedWhileAnotherFindsEnough() {
        best(8, 8, BOTH, 1);
        var cutOff = new NodeHealth(Verdict.NO, Verdict.NO);
        assertThat(best(8, 2, Map.of("a", WRITABLE, "b", cutOff), 2)).isEqualTo(8);
        assertThat(best(8, 2, Map.of("a", cutOff, "b", cutOff), 3)).isEqualTo(2);
    }

    @Test
    void whoHasJustStartedAndSaysNothingOfDrivesIsNotBelieved() {
        var nothing = new ClusterReport(List.of(), List.of(), Map.of());
        assertThat(best.of(Map.of("a", online(8), "b", nothing), BOTH, 1)).contains(online(8));
        assertThat(best.of(Map.of("b", nothing), BOTH, 2)).isEmpty();
    }

    @Test
    void nobodyIsBelievedWhenNobodySaysAnything() {
        assertThat(best.of(Map.of(), BOTH, 1)).isEmpty();
    }
}
