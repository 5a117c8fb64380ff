// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.tls.TlsParts;
import io.highwater.exporters.client.http.HttpAccess;
import io.highwater.exporters.client.http.PromptSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * What all attempts of one probe have in common. Each begins with a new connection and a handshake of its own, as the
 * blackbox exporter's do: what is kept from one to the next would hide that nobody new gets in.
 */
final class HttpTransport {

    private static final int KEPT = 4;

    private static final ConnectionSpec AS_THE_JDK_ALLOWS = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
            .allEnabledTlsVersions()
            .allEnabledCipherSuites()
            .build();

    private final HttpWay way;
    private final HttpUrl first;
    private final OkHttpClient base;
    private @Nullable TlsParts parts;

    /** @param first whom {@link HttpWay#serverName} is about */
    HttpTransport(HttpWay way, HttpUrl first) {
        this.way = way;
        this.first = first;
        this.base = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(way.keep() ? KEPT : 0, 1, TimeUnit.MINUTES))
                .socketFactory(new PromptSockets())
                .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
                .protocols(way.http2() ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .fastFallback(false)
                // The call's own timeout is the attempt's.
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .proxy(way.proxy().map(HttpTransport::proxy).orElse(Proxy.NO_PROXY))
                .hostnameVerifier((_, _) -> true) // the context has checked the host
                .addNetworkInterceptor(chain -> onceOnly(chain.proceed(chain.request())))
                .build();
    }

    private static Proxy proxy(HttpProxy proxy) {
        var server = proxy.server();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(server.host(), server.port()));
    }

    /** The client asks again by itself when it is told to at once, and would hide that it was sent away. */
    private static Response onceOnly(Response response) {
        return response.code() == 503 && "0".equals(response.header("Retry-After"))
                ? response.newBuilder().removeHeader("Retry-After").build()
                : response;
    }

    HttpVisit visit() throws CollectionException {
        if (way.proxy().isEmpty()) {
            return new HttpVisit(this, way, base);
        }
        var login = authorization(way.proxy().get().access());
        var authenticator = login.<Authenticator>map(ProxyLogin::new).orElse(Authenticator.NONE);
        return new HttpVisit(
                this, way, base.newBuilder().proxyAuthenticator(authenticator).build());
    }

    /** Says who we are when the proxy asks, and does not say it again when that is not accepted. */
    private record ProxyLogin(String login) implements Authenticator {
        @Override
        public @Nullable Request authenticate(@Nullable Route route, Response response) {
            var request = response.request();
            return request.header(NAME) == null
                    ? request.newBuilder().header(NAME, login).build()
                    : null;
        }

        private static final String NAME = "Proxy-Authorization";
    }

    /** Who looks on while the servers of one attempt show their certificates. */
    PeerCertificates peer() throws CollectionException {
        return new PeerCertificates(parts().trust());
    }

    /**
     * The same client, for TLS: with a context of its own, which knows no session of an attempt before.
     *
     * @param nobody who we are when there is no certificate of ours
     */
    OkHttpClient secure(OkHttpClient plain, PeerCertificates peer, NoIdentity nobody) throws CollectionException {
        var known = parts();
        var whole = known.identity().isEmpty() ? new TlsParts(List.of(nobody), known.trust()) : known;
        return plain.newBuilder()
                .connectionSpecs(List.of(AS_THE_JDK_ALLOWS, ConnectionSpec.CLEARTEXT))
                .sslSocketFactory(named(whole.context(peer).getSocketFactory()), peer)
                .build();
    }

    /** Reads the files of TLS anew for the next attempt: they may be others by then. */
    void forgetTls() {
        parts = null;
    }

    private TlsParts parts() throws CollectionException {
        var known = parts;
        if (known == null) {
            known = way.tls().parts();
            parts = known;
        }
        return known;
    }

    /** The value of {@code Authorization}; the secret is read now. */
    static Optional<String> authorization(HttpAccess access) throws CollectionException {
        var request = access.request(HttpUrl.get("http://localhost/")).build();
        return Optional.ofNullable(request.header("Authorization"));
    }

    private SSLSocketFactory named(SSLSocketFactory sockets) {
        return way.serverName()
                .<SSLSocketFactory>map(name -> new NamedServer(sockets, first.host(), name))
                .orElse(sockets);
    }

    /** Asks one host for another's certificate. */
    private static final class NamedServer extends SSLSocketFactory {

        private final SSLSocketFactory sockets;
        private final String host;
        private final String name;

        NamedServer(SSLSocketFactory sockets, String host, String name) {
            this.sockets = sockets;
            this.host = host;
            this.name = name;
        }

        @Override
        public Socket createSocket(Socket plain, String to, int port, boolean autoClose) throws IOException {
            return sockets.createSocket(plain, to.equals(host) ? name : to, port, autoClose);
        }

        @Override
        public Socket createSocket(String to, int port) throws IOException {
            return sockets.createSocket(to, port);
        }

        @Override
        public Socket createSocket(String to, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(to, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress to, int port) throws IOException {
            return sockets.createSocket(to, port);
        }

        @Override
        public Socket createSocket(InetAddress to, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(to, port, local, localPort);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }
    }
}
