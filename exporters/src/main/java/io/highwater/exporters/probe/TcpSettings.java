// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A TCP port that takes connections, and what is to be heard there. */
public record TcpSettings(
        @Doc("host:port") String address,

        @Doc("TLS from the first byte, or where startTls or queryResponse says; without both there is none")
        Optional<ClientTls> tls,

        @Doc("how the server is asked for TLS: none, postgres") @Default("none")
        StartTls startTls,

        @Doc("whose certificate is wanted, when it is not the host's")
        Optional<String> serverName,

        @Doc("what is said and heard, in turns, as the blackbox exporter's query_response") @Default("[]")
        List<Exchange> queryResponse)
        implements ProberSettings {

    /** One turn: wait for a line, then say one, then go on in TLS. */
    public record Exchange(
            @Doc("lines are read until one has this in it") Optional<Pattern> expect,

            @Doc("a line that is sent, with a newline; ${1} is the first group of what was expected")
            Optional<String> send,

            @Doc("whether both go on in TLS then") @Default("false")
            boolean startTls) {}

    public TcpSettings {
        HostPort.of(address, "address", 0);
        queryResponse = List.copyOf(queryResponse);
        long starts = queryResponse.stream().filter(Exchange::startTls).count();
        if (starts > 1 || (starts == 1 && startTls != StartTls.NONE)) {
            throw new IllegalArgumentException("queryResponse: TLS is started once");
        }
    }

    HostPort server() {
        return HostPort.of(address, "address", 0);
    }

    /** From the first byte, or asked for by a protocol of its own. */
    boolean beginsWithTls() {
        return startTls != StartTls.NONE
                || (tls.isPresent() && queryResponse.stream().noneMatch(Exchange::startTls));
    }

    TlsHandshake handshake() {
        return new TlsHandshake(tls.orElseGet(TcpSettings::anyone), serverName.orElse(server().host()));
    }

    private static ClientTls anyone() {
        return new ClientTls(Optional.empty(), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL);
    }

    @Override
    public Prober open(Target target) {
        return new TcpProber(this);
    }
}
