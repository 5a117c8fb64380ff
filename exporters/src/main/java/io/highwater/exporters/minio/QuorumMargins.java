// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.exporters.minio.Health.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        margins.within(writable, _ -> 0);
        unsafe.forEach(margins::without);
        return margins.margins;
    }

    /** @param write what {@link #toWrite} found, which bounds the drives that are online */
    static Map<ErasureSet.Name, Integer> toRead(
            List<ErasureSet> sets, Verdict readable, Map<ErasureSet.Name, Integer> write) {
        var margins = new QuorumMargins(sets, set -> toRead(set, write.get(set.name())));
        var healing = sets.stream().collect(Collectors.toMap(ErasureSet::name, ErasureSet::healing));
        // Health counts a healing drive as one to read from.
        margins.within(readable, set -> -healing.getOrDefault(set, 0));
        return margins.margins;
    }

    private static int toRead(ErasureSet set, @Nullable Integer write) {
        return write == null
                ? set.readTolerance()
                : Math.min(set.readTolerance(), write + set.writeQuorum() - set.readQuorum());
    }

    /** @param least what remains when health says that there are enough */
    private void within(Verdict possible, ToIntFunction<ErasureSet.Name> least) {
        switch (possible) {
            case YES -> margins.replaceAll((set, margin) -> Math.max(least.applyAsInt(set), margin));
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
