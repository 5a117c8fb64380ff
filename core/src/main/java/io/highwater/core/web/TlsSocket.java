// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket whose every connection is made by the newest {@link ServerTls}.
 */
final class TlsSocket {

    private TlsSocket() {}

    static HttpServer create(InetSocketAddress address, Supplier<ServerTls> newest) throws IOException {
        HttpsServer socket = HttpsServer.create(address, 0);
        socket.setHttpsConfigurator(new HttpsConfigurator(new NewestContext(newest)) {
            @Override
            public void configure(HttpsParameters parameters) {
                // The engine comes set up; what is set here would replace that.
            }
        });
        return socket;
    }

    private static final class NewestContext extends SSLContext {
        NewestContext(Supplier<ServerTls> newest) {
            super(new NewestSpi(newest), newest.get().context().getProvider(), "TLS");
        }
    }

    private static final class NewestSpi extends SSLContextSpi {

        private final Supplier<ServerTls> newest;

        NewestSpi(Supplier<ServerTls> newest) {
            this.newest = newest;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return newest.get().engine(host, port);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return newest.get().engine("", -1);
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return newest.get().context().getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return newest.get().context().getServerSocketFactory();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return newest.get().context().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return newest.get().context().getClientSessionContext();
        }
    }
}
