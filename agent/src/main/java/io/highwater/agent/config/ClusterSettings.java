// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Level;
import java.util.Map;
import java.util.Optional;

/** What a cluster says beside its components. */
record ClusterSettings(
        @Doc("the objectives of the cluster") Optional<Level> level,

        @Default("{}") @Doc("labels that are added to every series of the cluster")
        Map<String, String> labels) {}
