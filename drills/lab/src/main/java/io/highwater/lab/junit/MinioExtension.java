// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.MinioCluster;
import io.highwater.lab.MinioPlan;

/**
 * MinIO for all tests of one class.
 *
 * {@snippet :
 * @RegisterExtension
 * static final MinioExtension minio = new MinioExtension(MinioCluster.alone());
 * }
 */
public final class MinioExtension extends ServersExtension<MinioCluster> {

    public MinioExtension(MinioPlan plan) {
        super(plan::start, MinioCluster::close);
    }

    public MinioCluster cluster() {
        return servers();
    }
}
