// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import io.highwater.agent.web.WebConfig.TlsVersion;
import io.highwater.core.log.Log;
import io.highwater.core.web.FileStamp;
import io.highwater.core.web.ServerTls;
import io.highwater.core.web.WebException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The web configuration file with the files that it names, read again when one of them changes. A reading that fails is
 * logged once, the last good one stays in force, and it is tried again.
 */
final class WebConfigFile {

    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final Log log;
    private final ReentrantLock oneLooks = new ReentrantLock();
    private volatile Reading reading;
    private volatile long looked = System.nanoTime();
    private String problem = "";

    private WebConfigFile(Path path, Reading reading, Log log) {
        this.path = path;
        this.reading = reading;
        this.log = log;
    }

    /** @param stamps of the files before they were read */
    record Reading(Gate gate, Optional<ServerTls> tls, List<FileStamp> stamps) {}

    /** Reads it, or throws {@link WebException} with everything that is wrong with it. */
    static WebConfigFile open(Path path, Log log) {
        WebConfigFile file = new WebConfigFile(path, read(path, Optional.empty()), log);
        file.warnAboutTheUnsupported();
        return file;
    }

    /** As of a second ago, or newer. */
    Reading current() {
        return System.nanoTime() - looked < LOOK_EVERY ? reading : newest();
    }

    /** As of now, but for a change that another thread is just reading. */
    Reading newest() {
        if (oneLooks.tryLock()) {
            try {
                look();
            } finally {
                oneLooks.unlock();
            }
        }
        return reading;
    }

    /** For new connections; none as long as it is read without TLS. */
    Optional<Supplier<ServerTls>> newestTls() {
        return reading.tls.map(_ -> () -> newest().tls().orElseThrow());
    }

    private void look() {
        looked = System.nanoTime();
        List<FileStamp> stamps =
                reading.stamps.stream().map(stamp -> FileStamp.of(stamp.path())).toList();
        if (stamps.equals(reading.stamps) && problem.isEmpty()) {
            return;
        }
        try {
            take(read(path, Optional.of(reading.gate)));
            problem = "";
            log.info("Web configuration read again", "file", path);
        } catch (WebException e) {
            String found = String.valueOf(e.getMessage());
            if (!found.equals(problem)) {
                log.error("Web configuration is broken, the one before stays in force", "file", path, "err", found);
            }
            problem = found;
        }
    }

    private void take(Reading next) {
        boolean sameKind = next.tls.isPresent() == reading.tls.isPresent();
        if (!sameKind) {
            log.warn("TLS is switched on and off by a restart only", "tls", reading.tls.isPresent());
        }
        reading = new Reading(next.gate, sameKind ? next.tls : reading.tls, next.stamps);
    }

    private void warnAboutTheUnsupported() {
        WebConfig config = reading.gate.config();
        if (config.http_server_config().http2().orElse(false)) {
            log.warn("http2 has no effect, HTTP/1.1 is served", "file", path);
        }
        if (config.tls_server_config().min_version().compareTo(TlsVersion.TLS12) < 0) {
            log.warn("min_version below TLS12 has no effect, Java does not speak it", "file", path);
        }
    }

    private static Reading read(Path path, Optional<Gate> before) {
        List<FileStamp> stamps = new ArrayList<>();
        stamps.add(FileStamp.of(path));
        WebConfig config = WebConfig.read(path);
        config.tls_server_config().files().forEach(file -> stamps.add(FileStamp.of(file)));
        Optional<ServerTls> tls = config.tls_server_config().enabled()
                ? Optional.of(Tls.of(config.tls_server_config()))
                : Optional.empty();
        return new Reading(Gate.of(config, before), tls, List.copyOf(stamps));
    }
}
