// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The priorities of a queue's jobs, of which there may be too many to look at each: those of one priority are in the order
 * in which they came, so the first ones of each tell the most. A priority is learned when jobs are seen that have it, and
 * each collection looks between the known ones for more.
 */
final class Bands {

    private static final double WIDTH = 0x1p32;
    private static final int MOST = 64;
    private static final String HEAD = "3";

    private final String key;
    private final TreeSet<Long> known = new TreeSet<>();
    private final TreeMap<Long, Question> heads = new TreeMap<>();
    private final List<Question> between = new ArrayList<>();

    Bands(String key) {
        this.key = key;
    }

    /** Learns of the priorities of members and scores, by turns. */
    void learn(List<String> membersAndScores) {
        for (int i = 1; i < membersAndScores.size() && known.size() < MOST; i += 2) {
            known.add((long) (Double.parseDouble(membersAndScores.get(i)) / WIDTH));
        }
    }

    /** The first jobs of each known priority, and the first between each and the next. */
    List<Question> questions() {
        heads.clear();
        between.clear();
        var questions = new ArrayList<Question>();
        for (var priority : known) {
            var next = known.higher(priority);
            heads.put(priority, range(priority, Long.toString(lowest(priority + 1)), HEAD));
            between.add(range(priority + 1, next == null ? "+inf" : Long.toString(lowest(next)), "1"));
        }
        questions.addAll(heads.values());
        questions.addAll(between);
        return questions;
    }

    private Question range(long from, String below, String most) {
        var end = below.equals("+inf") ? below : "(" + below;
        return new Question("ZRANGEBYSCORE", key, Long.toString(lowest(from)), end, "WITHSCORES", "LIMIT", "0", most);
    }

    private static long lowest(long priority) {
        return (long) (priority * WIDTH);
    }

    /** The jobs that the answers name; priorities without any are forgotten, and new ones learned. */
    Set<String> jobs() throws CollectionException {
        var jobs = new LinkedHashSet<String>();
        for (var head : heads.entrySet()) {
            var texts = head.getValue().texts();
            if (texts.isEmpty()) {
                known.remove(head.getKey());
            }
            addMembers(texts, jobs);
        }
        for (var question : between) {
            learn(question.texts());
            addMembers(question.texts(), jobs);
        }
        return jobs;
    }

    static void addMembers(List<String> membersAndScores, Set<String> to) {
        for (int i = 0; i < membersAndScores.size(); i += 2) {
            to.add(membersAndScores.get(i));
        }
    }
}
