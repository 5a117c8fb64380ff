// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.scaler.ObjectReference;
import java.util.Optional;

/** Who knows how many replicas workloads have. Answers at once; empty when it is not known, or was long ago. */
@FunctionalInterface
public interface Replicas {

    /** Where there is no Kubernetes. */
    Replicas UNKNOWN = _ -> Optional.empty();

    Optional<Running> of(ObjectReference workload);
}
