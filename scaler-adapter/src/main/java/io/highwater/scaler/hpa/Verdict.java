// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import io.highwater.scaler.hpa.Assessment.Failed;
import io.highwater.scaler.hpa.Assessment.Proposed;
import java.util.List;
import java.util.Optional;

/**
 * What all metrics together lead to: the most that one of them does. Without some of them there may be more replicas but
 * not fewer, for the missing one might ask for them; without all of them nothing changes.
 *
 * @param winner the metric that asked for the most; empty when nothing is to change
 * @param active the condition ScalingActive
 */
record Verdict(Optional<Proposed> winner, Condition active) {

    static Verdict of(List<Assessment> assessments, int current) {
        Proposed most = null;
        Failed failed = null;
        for (Assessment one : assessments) {
            switch (one) {
                case Proposed it -> most = most == null || it.replicas() > most.replicas() ? it : most;
                case Failed it -> failed = failed == null ? it : failed;
            }
        }
        if (failed != null && (most == null || most.replicas() < current)) {
            return new Verdict(Optional.empty(), active(false, failed.metric().failureReason(), failed.sentence()));
        }
        if (most == null) {
            throw new IllegalArgumentException("no metrics");
        }
        return new Verdict(Optional.of(most), active(true, "ValidMetricFound", most.sentence()));
    }

    private static Condition active(boolean status, String reason, String message) {
        return new Condition(Condition.Type.SCALING_ACTIVE, status, reason, message);
    }
}
