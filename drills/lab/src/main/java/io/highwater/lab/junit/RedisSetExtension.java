// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.RedisPlan;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;

/**
 * A Redis master with its replicas and Sentinels for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan().replicas(2).sentinels(3));
 * }
 */
public final class RedisSetExtension extends ServersExtension<RedisSet> {

    public RedisSetExtension(RedisPlan plan) {
        super(plan::start, RedisSet::close);
    }

    public RedisSet set() {
        return servers();
    }

    public RedisServer master() {
        return set().master();
    }
}
