// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that a server showed: lets another decide whether they are accepted, and keeps them either way, since
 * when they are not, one wants to know why. For one attempt at a time.
 */
final class PeerCertificates extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager judge;
    private volatile List<X509Certificate> shown = List.of();
    private volatile boolean accepted;

    PeerCertificates(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    /** The server's own first; empty when none were shown. */
    List<X509Certificate> shown() {
        return shown;
    }

    /** Adds what they say; nothing when none were shown. */
    void addTo(Samples out) {
        var chain = shown;
        if (chain.isEmpty()) {
            return;
        }
        out.add(CertificateFamilies.EARLIEST_EXPIRY, earliestExpiry(chain));
        CertificateLabels.of(chain.getFirst()).addTo(out);
        if (accepted) {
            var path = TrustedPath.of(chain, List.of(judge.getAcceptedIssuers()));
            if (!path.isEmpty()) {
                out.add(CertificateFamilies.PATH_EXPIRY, earliestExpiry(path));
            }
        }
    }

    /** Adds what was agreed on. */
    static void addTo(Samples out, SSLSession session) {
        addTo(out, session.getProtocol(), session.getCipherSuite());
    }

    /** The same, by the JDK's names. */
    static void addTo(Samples out, String protocol, String cipher) {
        var version = protocol.replaceFirst("^TLSv1$", "TLSv1.0").replace("TLSv", "TLS ");
        out.add(CertificateFamilies.VERSION, 1, version);
        out.add(CertificateFamilies.CIPHER, 1, cipher);
    }

    private static double earliestExpiry(List<X509Certificate> chain) {
        return chain.stream()
                .mapToDouble(
                        certificate -> certificate.getNotAfter().toInstant().toEpochMilli() / 1e3)
                .min()
                .orElseThrow();
    }

    @FunctionalInterface
    private interface Judgement {
        void run() throws CertificateException;
    }

    private void judge(X509Certificate[] chain, Judgement judgement) throws CertificateException {
        accepted = false;
        shown = List.of(chain);
        judgement.run();
        accepted = true;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        judge(chain, () -> judge.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        judge(chain, () -> judge.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge(chain, () -> judge.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        judge.checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, type, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
