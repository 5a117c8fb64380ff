// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.minio.ErasureSet.Name;
import io.highwater.exporters.minio.Health.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuorumMarginsTest {

    private static final Name FIRST = new Name("0", "0");
    private static final Name SECOND = new Name("0", "1");

    private static ErasureSet set(Name name, int online, int healing) {
        return new ErasureSet(name, online, healing, 4, 5);
    }

    private static Map<Name, Integer> write(Verdict writable, ErasureSet... sets) {
        return QuorumMargins.toWrite(List.of(sets), writable, List.of());
    }

    private static Map<Name, Integer> read(Verdict readable, Map<Name, Integer> write, ErasureSet... sets) {
        return QuorumMargins.toRead(List.of(sets), readable, write);
    }

    @Test
    void isWhatIsOnlineAboveTheQuorum() {
        assertThat(write(Verdict.YES, set(FIRST, 8, 0), set(SECOND, 5, 0))).isEqualTo(Map.of(FIRST, 3, SECOND, 0));
    }

    @Test
    void aHealingDriveCountsOnceToWriteAndNotToRead() {
        var healing = set(FIRST, 8, 1);
        assertThat(write(Verdict.YES, healing)).isEqualTo(Map.of(FIRST, 3));
        assertThat(read(Verdict.YES, Map.of(FIRST, 3), healing)).isEqualTo(Map.of(FIRST, 3));
    }

    @Test
    void healthThatSaysNoGoesBeforeOldNumbers() {
        assertThat(write(Verdict.NO, set(FIRST, 8, 0), set(SECOND, 7, 0))).isEqualTo(Map.of(FIRST, -1, SECOND, -1));
        assertThat(read(Verdict.NO, Map.of(FIRST, -1), set(FIRST, 8, 0))).isEqualTo(Map.of(FIRST, -1));
    }

    @Test
    void theSetThatIsKnownToBeWithoutQuorumTakesTheBlameAlone() {
        assertThat(write(Verdict.NO, set(FIRST, 8, 0), set(SECOND, 3, 0))).isEqualTo(Map.of(FIRST, 3, SECOND, -2));
    }

    @Test
    void healthThatSaysYesGoesBeforeOldNumbers() {
        assertThat(write(Verdict.YES, set(FIRST, 3, 0))).isEqualTo(Map.of(FIRST, 0));
    }

    @Test
    void whatBoundsWritesBoundsReads() {
        var old = set(FIRST, 8, 0);
        assertThat(read(Verdict.YES, write(Verdict.NO, old), old))
                .as("four drives at most are online")
                .isEqualTo(Map.of(FIRST, 0));
        var spared = QuorumMargins.toWrite(List.of(old), Verdict.YES, List.of(Map.of(FIRST, 2)));
        assertThat(read(Verdict.YES, spared, old)).isEqualTo(Map.of(FIRST, 2));
    }

    @Test
    void healthThatCountsHealingDrivesDoesNotSayThatTheyCanBeRead() {
        var healing = set(FIRST, 5, 2);
        assertThat(read(Verdict.YES, write(Verdict.YES, healing), healing)).isEqualTo(Map.of(FIRST, -1));
        assertThat(read(Verdict.YES, Map.of(FIRST, -1), set(FIRST, 3, 1))).isEqualTo(Map.of(FIRST, -1));
    }

    @Test
    void nothingIsKnownWhileHealthIsNot() {
        assertThat(write(Verdict.UNKNOWN, set(FIRST, 8, 0))).isEmpty();
    }

    @Test
    void aNodeThatCannotBeSparedHasMoreThanMayFail() {
        var sets = List.of(set(FIRST, 8, 0), set(SECOND, 8, 0));
        assertThat(QuorumMargins.toWrite(sets, Verdict.YES, List.of(Map.of(FIRST, 2))))
                .isEqualTo(Map.of(FIRST, 1, SECOND, 3));
        assertThat(QuorumMargins.toWrite(sets, Verdict.YES, List.of(Map.of(FIRST, 4))))
                .as("it was known")
                .isEqualTo(Map.of(FIRST, 3, SECOND, 3));
        assertThat(QuorumMargins.toWrite(sets, Verdict.YES, List.of(Map.of())))
                .as("v2 does not say whose drives are of which set")
                .isEqualTo(Map.of(FIRST, 3, SECOND, 3));
    }
}
