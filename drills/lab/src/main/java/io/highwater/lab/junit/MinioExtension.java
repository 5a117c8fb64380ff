// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * MinIO for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final MinioExtension minio = new MinioExtension(MinioCluster.alone());
 * }
 */
public final class MinioExtension implements BeforeAllCallback, AfterAllCallback {

    private final MinioPlan plan;
    private @Nullable MinioCluster cluster;

    public MinioExtension(MinioPlan plan) {
        this.plan = plan;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster = plan.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    public MinioCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("the servers run only during tests: make the field static");
        }
        return cluster;
    }
}
