// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.log.Log;
import io.highwater.core.tls.Pem;
import io.highwater.core.tls.PemException;
import io.highwater.core.web.FileStamp;
import io.highwater.core.web.ServerIdentity;
import io.highwater.core.web.ServerTls;
import io.highwater.core.web.WebException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * The certificate in its files, read again when one of them changes. A reading that fails, such as of a certificate
 * whose key is not yet written, is logged once; the last good one stays in force, and it is tried again.
 */
final class ServingCertificate implements Supplier<ServerTls> {

    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

    private final Path certificate;
    private final Path key;
    private final Log log;
    private final ReentrantLock oneLooks = new ReentrantLock();
    private volatile Reading reading;
    private volatile long looked = System.nanoTime();
    private String problem = "";

    private ServingCertificate(Path certificate, Path key, Log log) {
        this.certificate = certificate;
        this.key = key;
        this.log = log.from("ServingCertificate");
        this.reading = read();
    }

    /** @param stamps of the files before they were read */
    private record Reading(List<FileStamp> stamps, ServerTls tls, Instant expiry) {}

    /** Throws {@link WebException} when there is none that can be used. */
    static ServingCertificate open(Path certificate, Path key, Log log) {
        return new ServingCertificate(certificate, key, log);
    }

    /** As of half a second ago, or newer. */
    @Override
    public ServerTls get() {
        return current().tls;
    }

    /** When the first certificate of the chain expires. */
    Instant expiry() {
        return current().expiry;
    }

    private Reading current() {
        if (System.nanoTime() - looked > LOOK_EVERY && oneLooks.tryLock()) {
            try {
                look();
            } finally {
                oneLooks.unlock();
            }
        }
        return reading;
    }

    private void look() {
        looked = System.nanoTime();
        if (problem.isEmpty() && stamps().equals(reading.stamps)) {
            return;
        }
        try {
            reading = read();
            problem = "";
            log.info("Serving certificate read again", "file", certificate, "expires", reading.expiry);
        } catch (WebException e) {
            String found = String.valueOf(e.getMessage());
            if (!found.equals(problem)) {
                log.error("Serving certificate cannot be used, the one before stays in force", "err", found);
            }
            problem = found;
        }
    }

    private List<FileStamp> stamps() {
        return List.of(FileStamp.of(certificate), FileStamp.of(key));
    }

    private Reading read() {
        List<FileStamp> stamps = stamps();
        try {
            List<X509Certificate> chain = Pem.certificates(text(certificate), certificate.toString());
            ServerIdentity identity = new ServerIdentity(
                    chain, Pem.privateKey(text(key), chain.getFirst().getPublicKey(), key.toString()), key.toString());
            Instant expiry = chain.stream()
                    .map(one -> one.getNotAfter().toInstant())
                    .min(Instant::compareTo)
                    .orElseThrow();
            return new Reading(stamps, tls(identity), expiry);
        } catch (PemException | GeneralSecurityException e) {
            throw new WebException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ServerTls tls(ServerIdentity identity) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {identity}, new TrustManager[] {new AnyClient()}, null);
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setWantClientAuth(true); // probes have none
        return new ServerTls(context, parameters);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new WebException(file + ": does not exist", e);
        } catch (IOException e) {
            throw new WebException(file + ": " + e.getMessage(), e);
        }
    }
}
