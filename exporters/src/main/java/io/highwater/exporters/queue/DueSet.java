// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import java.util.OptionalDouble;

/** A sorted set of jobs whose scores are when they are due. */
final class DueSet {

    private final String key;
    private final double perSecond;
    private Question all = new Question();
    private Question first = new Question();
    private Question due = new Question();
    private Question next = new Question();

    /** @param perSecond what a second is in the scores */
    DueSet(String key, double perSecond) {
        this.key = key;
        this.perSecond = perSecond;
    }

    void askFirst(Questions questions) {
        all = questions.ask("ZCARD", key);
        first = questions.ask("ZRANGE", key, "0", "0", "WITHSCORES");
    }

    /** @param now the server's time, in seconds since 1970 */
    void askSecond(double now, Questions questions) {
        var score = String.valueOf(now * perSecond);
        due = questions.ask("ZCOUNT", key, "-inf", score);
        next = questions.ask("ZRANGEBYSCORE", key, "(" + score, "+inf", "WITHSCORES", "LIMIT", "0", "1");
    }

    /** How many there are. */
    long all() throws CollectionException {
        return all.count();
    }

    /** How many of them are due. */
    long due() throws CollectionException {
        return due.count();
    }

    /** Since when, in seconds since 1970, the first of them is; empty when none is. */
    OptionalDouble dueSince() throws CollectionException {
        return due() == 0 ? OptionalDouble.empty() : seconds(first.firstScore());
    }

    /** When the next one is that is not; empty when there is none. */
    OptionalDouble next() throws CollectionException {
        return seconds(next.firstScore());
    }

    private OptionalDouble seconds(OptionalDouble score) {
        return score.isPresent() && Double.isFinite(score.getAsDouble())
                ? OptionalDouble.of(score.getAsDouble() / perSecond)
                : OptionalDouble.empty();
    }
}
