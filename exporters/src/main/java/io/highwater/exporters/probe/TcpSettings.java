// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Doc;
import io.highwater.core.Target;

/** A TCP port that takes connections. */
public record TcpSettings(@Doc("host:port") String address) implements ProberSettings {

    @Override
    public Prober open(Target target) {
        return new TcpProber(this);
    }
}
