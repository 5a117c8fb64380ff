// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.lab.MinioCluster;
import io.highwater.lab.NatsUser;
import java.util.List;
import java.util.Map;

/** Real servers with work on them, as one cluster of the agent's configuration. */
interface Stack extends AutoCloseable {

    /** Variables of the agent's environment with the passwords of all stacks. */
    Map<String, String> SECRETS = Map.of(
            "DRILL_POSTGRES", PostgresStack.PASSWORD,
            "DRILL_NATS", NatsUser.MONITOR.secret(),
            "DRILL_MINIO_USER", MinioCluster.ROOT.accessKey(),
            "DRILL_MINIO", MinioCluster.ROOT.secretKey());

    /** What the agent is to watch: lines below the cluster's name, without an indent. */
    List<String> components();

    /** Stops all of it. */
    @Override
    void close();
}
