// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

/**
 * What the JetStream API says of the account that we are in.
 *
 * @param node the configured node that stands for the API
 * @param account the account's name; empty when we may not know
 * @param hasMetaLeader whether somebody is there who could create or find a stream
 * @param storage what the account uses and may use, in bytes; a limit of less than 0 is none
 */
record ApiState(
        String node,
        String account,
        boolean hasMetaLeader,
        long storage,
        long maxStorage,
        long memory,
        long maxMemory) {}
