// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A made-up fleet, the same for every way of putting it on a page: 10 nodes with 3 collectors each, 10 families a
 * collector, 3 labels a series (cluster, node, relname).
 */
public record Workload(List<Part> parts) {

    public static final String CLUSTER = "orders-db";
    private static final int NODES = 10;
    private static final int COLLECTORS = 3;
    private static final int FAMILIES = 10;

    /** What one collector of one node has to say. */
    public record Part(String node, String collector, int firstSeries, int series) {

        public static String family(int series) {
            return "of_family_" + series % FAMILIES;
        }

        public static String relname(int series) {
            return "public.table_" + series / FAMILIES;
        }

        /** Another value every time; three whole numbers for each that is none, as counters and seconds are. */
        public double value(int series, long tick) {
            long number = (firstSeries + series) * 7919L + tick;
            return series % 4 == 0 ? number % 1_000_000 / 1e6 : number;
        }
    }

    /** Spreads the series evenly. */
    public static Workload of(int series) {
        var parts = new ArrayList<Part>();
        int first = 0;
        for (int i = 0; i < NODES * COLLECTORS; i++) {
            int next = (int) ((i + 1L) * series / (NODES * COLLECTORS));
            parts.add(new Part("pg-" + i / COLLECTORS, "collector_" + i % COLLECTORS, first, next - first));
            first = next;
        }
        return new Workload(List.copyOf(parts));
    }
}
