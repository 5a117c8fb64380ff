// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one attempt: its connections, its cookies, its certificates, its phases. Redirects are followed here
 * and not by the client, since each is to be allowed. All of it in the caller's thread.
 */
final class HttpVisit implements AutoCloseable {

    /** As many as the blackbox exporter follows. */
    private static final int MOST_REDIRECTS = 10;

    private final HttpWay way;
    private final HttpTransport transport;
    private final OkHttpClient plain;
    private final HttpTrace trace = new HttpTrace();
    private final NoIdentity nobody = new NoIdentity();
    private final Map<String, InetAddress> addresses = new HashMap<>();
    private @Nullable OkHttpClient secure;
    private @Nullable PeerCertificates peer;
    private @Nullable HttpAnswer answer;
    private @Nullable Call call;
    private boolean aborted;
    private int redirects;
    private long lookupNanos = -1;
    private @Nullable InetAddress first;

    /** @param base what all attempts of this probe have in common */
    HttpVisit(HttpTransport transport, HttpWay way, OkHttpClient base) {
        this.transport = transport;
        this.way = way;
        this.plain = base.newBuilder()
                .dns(this::resolved)
                .cookieJar(new Cookies())
                .eventListener(trace)
                .build();
    }

    /** What the servers set, until the attempt ends. */
    private static final class Cookies implements CookieJar {

        private final List<Cookie> known = new ArrayList<>();

        @Override
        public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            for (var cookie : cookies) {
                known.removeIf(other -> other.name().equals(cookie.name())
                        && other.domain().equals(cookie.domain())
                        && other.path().equals(cookie.path()));
                known.add(cookie);
            }
        }

        @Override
        public List<Cookie> loadForRequest(HttpUrl url) {
            return known.stream().filter(cookie -> cookie.matches(url)).toList();
        }
    }

    /**
     * Sends a request, and those that redirects make of it.
     *
     * @param wanted whether the body of the last answer is to be looked at
     */
    HttpAnswer send(HttpAsk ask, Attempt attempt, boolean wanted)
            throws ProbeFailure, CollectionException, InterruptedException {
        var next = ask;
        answer = null;
        for (int followed = 0; ; followed++) {
            var got = once(next, attempt, wanted);
            answer = got;
            var to = way.redirects() ? got.leadsTo() : Optional.<HttpUrl>empty();
            if (to.isEmpty()) {
                return got;
            }
            if (followed == MOST_REDIRECTS) {
                throw new ProbeFailure(
                        FailureReason.REDIRECT, next.where() + ": more than " + MOST_REDIRECTS + " redirects");
            }
            if (!way.hosts().allow(to.get())) {
                throw new ProbeFailure(
                        FailureReason.REDIRECT,
                        next.where() + " leads to " + HttpAsk.origin(to.get()) + ", which followTo does not name");
            }
            redirects++;
            next = next.redirected(got.status(), to.get());
        }
    }

    /** Of what was sent last; 0 when nobody answered. */
    int lastStatus() {
        return answer == null ? 0 : answer.status();
    }

    private HttpAnswer once(HttpAsk ask, Attempt attempt, boolean wanted)
            throws ProbeFailure, CollectionException, InterruptedException {
        resolve(ask.url(), attempt);
        var asked = client(ask.url()).newCall(ask.request());
        asked.timeout().timeout(attempt.left(ask.where()).toNanos(), TimeUnit.NANOSECONDS);
        begin(asked);
        try (var response = asked.execute()) {
            return new HttpAnswer.Reading(ask.where(), attempt, trace, way.maxBytes(), wanted).of(response);
        } catch (IOException e) {
            if (e instanceof SSLException) {
                transport.forgetTls();
            }
            throw failure(ask.where(), e, attempt);
        }
    }

    private ProbeFailure failure(String where, IOException error, Attempt attempt) {
        var failure = NetworkFailures.of(where, error, attempt);
        return failure.reason() == FailureReason.PROTOCOL && nobody.wasAsked() && answer == null
                ? new ProbeFailure(
                        FailureReason.CERTIFICATE,
                        where
                                + ": the server asked for a certificate of ours, of which there is none, and closed the connection",
                        error)
                : failure;
    }

    private OkHttpClient client(HttpUrl url) throws CollectionException {
        if (!url.isHttps()) {
            return plain;
        }
        var made = secure;
        if (made == null) {
            var decides = transport.peer();
            made = transport.secure(plain, decides, nobody);
            peer = decides;
            secure = made;
        }
        return made;
    }

    private List<InetAddress> resolved(String host) throws UnknownHostException {
        var known = addresses.get(host);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        return List.of(known);
    }

    private void resolve(HttpUrl url, Attempt attempt) throws ProbeFailure, InterruptedException {
        var host = way.proxy().map(HttpProxy::server).orElse(url).host();
        if (addresses.containsKey(host)) {
            return;
        }
        long started = System.nanoTime();
        var found = Lookup.addresses(host, attempt);
        var chosen = way.ipProtocol().choose(found, way.ipProtocolFallback());
        if (chosen.isEmpty()) {
            throw new ProbeFailure(FailureReason.RESOLVE, host + ": no address is one of " + way.ipProtocol());
        }
        trace.resolved(started);
        if (first == null) {
            first = chosen.get();
            lookupNanos = System.nanoTime() - started;
        }
        addresses.put(host, chosen.get());
    }

    private synchronized void begin(Call next) {
        call = next;
        if (aborted) {
            next.cancel();
        }
    }

    /** Cuts what is under way and what would follow, from any thread. */
    synchronized void abort() {
        aborted = true;
        if (call != null) {
            call.cancel();
        }
    }

    /** Adds what is known of the way there, which is of the last server when there were several. */
    void addTo(Samples out) {
        if (first != null) {
            out.add(NetworkFamilies.LOOKUP, lookupNanos / 1e9);
            out.add(NetworkFamilies.IP_PROTOCOL, first instanceof Inet4Address ? 4 : 6);
        }
        if (peer != null) {
            peer.addTo(out);
        }
        trace.addTo(out);
    }

    /** Adds what is known of the last answer. */
    void addAnswerTo(Samples out) {
        if (answer != null) {
            out.add(HttpFamilies.REDIRECTS, redirects);
            answer.addTo(out);
        }
    }

    /** Keeps no connection: the next request has a new one. */
    void beginAnew() {
        plain.connectionPool().evictAll();
    }

    @Override
    public void close() {
        beginAnew();
    }
}
