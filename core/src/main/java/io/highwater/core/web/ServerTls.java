// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * What a server makes of a TLS connection. One that replaces another comes with a new context, so that no session of the
 * old one, with its old idea of who may in, is resumed.
 *
 * @param parameters in force for every connection; nobody may change them afterwards
 */
public record ServerTls(SSLContext context, SSLParameters parameters) {

    /** A server's engine, set up wholly: nothing of a later reading gets mixed in. */
    SSLEngine engine(String peer, int port) {
        SSLEngine engine = context.createSSLEngine(peer, port);
        engine.setUseClientMode(false);
        engine.setSSLParameters(parameters);
        return engine;
    }
}
