// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.tls.ClientTls;
import java.util.Optional;

/**
 * How servers are reached and how much is taken of what they say, for all requests of one probe.
 *
 * @param redirects whether they are followed
 * @param hosts where to, at most
 * @param serverName whose certificate the first server is to have, when it is not its host's
 * @param keep whether connections are kept within one attempt, as a browser would
 * @param maxBytes of a body, decompressed
 */
record HttpWay(
        boolean redirects,
        AllowedHosts hosts,
        ClientTls tls,
        Optional<String> serverName,
        Optional<HttpProxy> proxy,
        boolean http2,
        IpProtocol ipProtocol,
        boolean ipProtocolFallback,
        boolean keep,
        int maxBytes) {}
