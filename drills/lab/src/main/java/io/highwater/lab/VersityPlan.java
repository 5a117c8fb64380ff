// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

/**
 * What a {@link VersityServer} is to be. Nothing runs until {@link #start()}.
 *
 * @param versions whether its buckets may keep versions
 * @param megabytes how large the disk is that objects are on; 0 for the machine's own
 */
public record VersityPlan(boolean versions, int megabytes) {

    public VersityPlan withVersions() {
        return new VersityPlan(true, megabytes);
    }

    /** A small disk for its objects alone, which ends with the server; {@link VersityServer#canHaveDisk()} says whether this machine allows that. */
    public VersityPlan disk(int size) {
        return new VersityPlan(versions, size);
    }

    /** A new server that answers. */
    public VersityServer start() {
        var server = new VersityServer(this);
        try {
            return server.start();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }
}
