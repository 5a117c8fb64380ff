// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link RedisSet} is to be. Nothing runs until {@link #start()}.
 *
 * @param replicas how many; servers are called redis-1 (the first master), redis-2 …
 * @param sentinels how many; they are called sentinel-1 …; their quorum is a majority
 * @param downAfter when a Sentinel takes a silent server for down
 * @param settings of every server's file, over the lab's own
 */
public record RedisPlan(
        RedisVersion version, int replicas, int sentinels, Duration downAfter, Map<String, String> settings) {

    public RedisPlan {
        if (replicas < 0 || sentinels < 0) {
            throw new IllegalArgumentException("replicas and sentinels must not be negative");
        }
        settings = Map.copyOf(settings);
    }

    public RedisPlan version(RedisVersion other) {
        return new RedisPlan(other, replicas, sentinels, downAfter, settings);
    }

    public RedisPlan replicas(int count) {
        return new RedisPlan(version, count, sentinels, downAfter, settings);
    }

    public RedisPlan sentinels(int count) {
        return new RedisPlan(version, replicas, count, downAfter, settings);
    }

    public RedisPlan setting(String key, String value) {
        var changed = new LinkedHashMap<>(settings);
        changed.put(key, value);
        return new RedisPlan(version, replicas, sentinels, downAfter, changed);
    }

    /** A new set, all replicas in sync, all Sentinels knowing each other. */
    public RedisSet start() {
        var set = new RedisSet(this);
        try {
            set.startAll();
            return set;
        } catch (RuntimeException e) {
            set.close();
            throw e;
        }
    }
}
