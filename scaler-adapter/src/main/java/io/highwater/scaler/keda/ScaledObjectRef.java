// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import java.util.Map;

/**
 * The ScaledObject that a call is for.
 *
 * @param metadata of the trigger, all of it: what is meant for KEDA itself is in it too
 */
record ScaledObjectRef(String name, String namespace, Map<String, String> metadata) {
    ScaledObjectRef {
        metadata = Map.copyOf(metadata);
    }
}
