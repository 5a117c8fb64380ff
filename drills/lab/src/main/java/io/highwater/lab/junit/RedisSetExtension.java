// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.RedisPlan;
import io.highwater.lab.RedisServer;
import io.highwater.lab.RedisSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Redis master with its replicas and Sentinels for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final RedisSetExtension redis = new RedisSetExtension(RedisSet.plan().replicas(2).sentinels(3));
 * }
 */
public final class RedisSetExtension implements BeforeAllCallback, AfterAllCallback {

    private final RedisPlan plan;
    private @Nullable RedisSet set;

    public RedisSetExtension(RedisPlan plan) {
        this.plan = plan;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        set = plan.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (set != null) {
            set.close();
            set = null;
        }
    }

    public RedisSet set() {
        if (set == null) {
            throw new IllegalStateException("the servers run only during tests: make the field static");
        }
        return set;
    }

    public RedisServer master() {
        return set().master();
    }
}
