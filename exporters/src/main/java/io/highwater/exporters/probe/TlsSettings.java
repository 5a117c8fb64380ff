// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import java.util.Optional;

/** A server that speaks TLS, and its certificate. */
public record TlsSettings(
        @Doc("host:port") String address,

        @Doc("how the server is asked for TLS: none when it speaks nothing else, postgres") @Default("none")
        StartTls startTls,

        @Doc("whose certificate is wanted, when it is not the host's")
        Optional<String> serverName,

        @Doc("whom to trust, and who we are") @Default("{}") ClientTls tls)
        implements ProberSettings {

    public TlsSettings {
        HostPort.of(address, "address", 0);
    }

    HostPort server() {
        return HostPort.of(address, "address", 0);
    }

    TlsHandshake handshake() {
        return new TlsHandshake(tls, serverName.orElse(server().host()));
    }

    @Override
    public Prober open(Target target) {
        return new TlsProber(this);
    }
}
