// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.scaler.policy.PolicySettings;
import io.highwater.scaler.signal.SignalSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The top level of a file, but for its clusters. */
record FileSettings(
        @Default("[]")
        @Doc(
                "more files of this form: a path or a pattern like `conf.d/*.yaml`, or a list of them, relative to this file")
        List<String> include,

        @Doc(
                "where this agent stands, such as a region; a label `vantage` on what depends on it: the series of probes and S3 stores")
        Optional<String> vantage,

        @Default("{}") @Doc("numbers for autoscalers, by name")
        Map<String, SignalSettings> signals,

        @Default("{}") @Doc("how many replicas a workload wants, by name")
        Map<String, PolicySettings> policies) {}
