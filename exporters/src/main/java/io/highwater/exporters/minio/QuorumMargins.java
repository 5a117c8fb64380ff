// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.exporters.minio.Health.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * How many drives of each erasure set may fail: what the metrics say, which may be a minute old, within what the health
 * endpoints allow now. Those do not say which set they speak of: when the metrics blame no set for what they say, none of
 * them is believed more.
 */
final class QuorumMargins {

    private final Map<ErasureSet.Name, Integer> margins = new TreeMap<>();

    private QuorumMargins(List<ErasureSet> sets, ToIntFunction<ErasureSet> tolerance) {
        sets.forEach(set -> margins.put(set.name(), tolerance.applyAsInt(set)));
    }

    static Map<ErasureSet.Name, Integer> toWrite(
            List<ErasureSet> sets, Verdict writable, List<Map<ErasureSet.Name, Integer>> unsafe) {
        var margins = new QuorumMargins(sets, ErasureSet::writeTolerance);
        margins.within(writable);
        unsafe.forEach(margins::without);
        return margins.margins;
    }

    static Map<ErasureSet.Name, Integer> toRead(List<ErasureSet> sets, Verdict readable) {
        var margins = new QuorumMargins(sets, ErasureSet::readTolerance);
        margins.within(readable);
        return margins.margins;
    }

    private void within(Verdict possible) {
        switch (possible) {
            case YES -> margins.replaceAll((_, margin) -> Math.max(0, margin));
            case NO -> cap(least(-1));
            case UNKNOWN -> margins.clear();
        }
    }

    /** One of the sets cannot do without all drives that a node has of it. */
    private void without(Map<ErasureSet.Name, Integer> drives) {
        var most = new HashMap<ErasureSet.Name, Integer>();
        drives.forEach((set, count) -> most.put(set, count - 1));
        cap(most);
    }

    private Map<ErasureSet.Name, Integer> least(int margin) {
        var most = new HashMap<ErasureSet.Name, Integer>();
        margins.keySet().forEach(set -> most.put(set, margin));
        return most;
    }

    private void cap(Map<ErasureSet.Name, Integer> most) {
        boolean known = margins.entrySet().stream()
                .anyMatch(of -> of.getValue() <= most.getOrDefault(of.getKey(), Integer.MIN_VALUE));
        if (!known) {
            margins.replaceAll((set, margin) -> Math.min(margin, most.getOrDefault(set, margin)));
        }
    }
}
