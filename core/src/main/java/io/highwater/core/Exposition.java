// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store as text. Lines were rendered when they were collected, so a scrape only puts them in order, and while
 * nothing was published or has expired it does not even do that; what is compressed is compressed once a change.
 */
public final class Exposition {

    /**
     * What else belongs on the page, rendered by others; complete families without an end marker. As long as it gives the
     * same array, that is not compressed again.
     */
    @FunctionalInterface
    public interface Addition {
        byte[] render(TextFormat format, Set<String> names);
    }

    /**
     * A reply's body.
     *
     * @param parts to be written in this order; shared, not to be changed
     * @param gzip whether they are a gzip member
     */
    public record Page(List<byte[]> parts, boolean gzip) {
        public long length() {
            return parts.stream().mapToLong(part -> part.length).sum();
        }

        @Override
        public String toString() {
            var text = new StringBuilder();
            parts.forEach(part -> text.append(new String(part, StandardCharsets.UTF_8)));
            return text.toString();
        }
    }

    private static final byte[] END_OF_OPENMETRICS = "# EOF\n".getBytes(StandardCharsets.UTF_8);

    private final SnapshotStore store;
    private final Addition addition;
    private final Map<TextFormat, Cache> caches = new EnumMap<>(TextFormat.class);

    public Exposition(SnapshotStore store, Addition addition) {
        this.store = store;
        this.addition = addition;
        for (var format : TextFormat.values()) {
            caches.put(format, new Cache(format));
        }
    }

    /** The page, or only the families named when there are any names. */
    public Page render(TextFormat format, Set<String> names, boolean gzip) {
        var last = new ArrayList<byte[]>(List.of(addition.render(format, names)));
        end(format, last);
        var cache = cache(format);
        var blocks = new ArrayList<>(cache.blocks(store, System.nanoTime(), names));
        blocks.add(names.isEmpty() ? cache.last(last) : new Block(last));
        if (gzip) {
            return new Page(Deflated.member(blocks.stream().map(Block::deflated).toList()), true);
        }
        return new Page(blocks.stream().flatMap(block -> block.parts.stream()).toList(), false);
    }

    /** The given snapshots alone, in the same form; nothing of it is kept. */
    public static Page render(Collection<Snapshot> snapshots, TextFormat format, Supplier<byte[]> extra) {
        var parts = new ArrayList<byte[]>();
        linesByName(snapshots).values().forEach(lines -> {
            parts.add(format.header(lines.getFirst().family()));
            lines.forEach(of -> parts.add(of.bytes()));
        });
        parts.add(extra.get());
        end(format, parts);
        return new Page(parts, false);
    }

    private Cache cache(TextFormat format) {
        return java.util.Objects.requireNonNull(caches.get(format));
    }

    private static void end(TextFormat format, List<byte[]> parts) {
        if (format == TextFormat.OPENMETRICS) {
            parts.add(END_OF_OPENMETRICS);
        }
    }

    private static Map<String, List<FamilyLines>> linesByName(Collection<Snapshot> snapshots) {
        var byName = new TreeMap<String, List<FamilyLines>>();
        for (var snapshot : snapshots) {
            for (var lines : snapshot.lines()) {
                byName.computeIfAbsent(lines.family().name(), _ -> new ArrayList<>(2))
                        .add(lines);
            }
        }
        return byName;
    }

    /** One family of all targets: header and lines. */
    private static final class Block {
        final List<byte[]> parts;
        private volatile @Nullable Deflated deflated;

        Block(List<byte[]> parts) {
            this.parts = parts;
        }

        /** Compressed at the first wish; two threads may do it at once, to the same result. */
        Deflated deflated() {
            var done = deflated;
            if (done == null) {
                done = Deflated.of(parts);
                deflated = done;
            }
            return done;
        }

        @SuppressWarnings("ReferenceEquality") // An equal array would be found by comparing megabytes.
        boolean sameAs(List<byte[]> others) {
            if (parts.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < others.size(); i++) {
                if (parts.get(i) != others.get(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The blocks of one format as of the last change. */
    private static final class Cache {

        private record State(long version, long validUntilNanos, Map<String, Block> blocks) {}

        private final TextFormat format;
        private final Map<Family, byte[]> headers = new ConcurrentHashMap<>();
        private volatile Block last = new Block(List.of());
        private volatile State state = new State(-1, 0, Map.of());

        Cache(TextFormat format) {
            this.format = format;
        }

        Collection<Block> blocks(SnapshotStore store, long now, Set<String> names) {
            var known = state;
            if (known.version != store.version() || now > known.validUntilNanos) {
                known = refresh(store, now, known.blocks);
                state = known;
            }
            if (names.isEmpty()) {
                return known.blocks.values();
            }
            var chosen = new ArrayList<Block>();
            known.blocks.forEach((name, block) -> {
                if (names.contains(name)) {
                    chosen.add(block);
                }
            });
            return chosen;
        }

        private State refresh(SnapshotStore store, long now, Map<String, Block> before) {
            long version = store.version();
            long validUntil = Long.MAX_VALUE;
            var snapshots = new ArrayList<Snapshot>();
            for (var slot : store.slots()) {
                var snapshot = slot.current(now);
                if (snapshot != null) {
                    snapshots.add(snapshot);
                    validUntil = Math.min(validUntil, slot.expiresNanos(snapshot));
                }
            }
            var parts = new TreeMap<String, List<byte[]>>();
            linesByName(snapshots).forEach((name, lines) -> {
                var of = new ArrayList<byte[]>(lines.size() + 1);
                of.add(header(lines.getFirst().family()));
                lines.forEach(line -> of.add(line.bytes()));
                parts.put(name, of);
            });
            addPulses(store, now, parts);
            return new State(version, validUntil, reuse(parts, before));
        }

        /** A target's up is known as soon as it was asked once, and is the one family that never vanishes. */
        private void addPulses(SnapshotStore store, long now, Map<String, List<byte[]>> parts) {
            for (var pulse : store.pulses()) {
                if (pulse.slot().latest().isPresent()) {
                    parts.computeIfAbsent(pulse.up().name(), _ -> new ArrayList<>(List.of(header(pulse.up()))))
                            .add(pulse.line(pulse.slot().up(now)));
                }
            }
        }

        /** The end of the whole page, the block of before when it is the same. */
        Block last(List<byte[]> parts) {
            var known = last;
            if (!known.sameAs(parts)) {
                known = new Block(parts);
                last = known;
            }
            return known;
        }

        private byte[] header(Family family) {
            return headers.computeIfAbsent(family, format::header);
        }

        private static Map<String, Block> reuse(Map<String, List<byte[]>> parts, Map<String, Block> before) {
            var blocks = new TreeMap<String, Block>();
            parts.forEach((name, of) -> {
                var known = before.get(name);
                blocks.put(name, known != null && known.sameAs(of) ? known : new Block(List.copyOf(of)));
            });
            return blocks;
        }
    }
}
