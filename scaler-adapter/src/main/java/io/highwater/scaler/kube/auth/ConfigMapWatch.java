// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import io.highwater.core.log.Log;
import io.highwater.core.tls.PemException;
import io.highwater.scaler.kube.client.ApiServerClient;
import io.highwater.scaler.kube.client.ApiServerException;
import io.highwater.scaler.kube.client.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The cluster's {@link AuthenticationConfig} as of now: read and then watched in the background. The last good one stays
 * in force while the API server is away or says what cannot be used.
 */
public final class ConfigMapWatch implements AutoCloseable {

    /** For messages. */
    static final String NAME = "ConfigMap kube-system/extension-apiserver-authentication";

    /** The keys under which it has certificates of authorities. */
    public static final List<String> AUTHORITIES =
            List.of(AuthenticationConfig.FRONT_CA, AuthenticationConfig.CLIENT_CA);

    private static final String LIST =
            "/api/v1/namespaces/kube-system/configmaps?fieldSelector=metadata.name%3Dextension-apiserver-authentication";

    /** The version that was asked for is no longer known. */
    private static final int TOO_OLD = 410;

    private static final Duration WATCH = Duration.ofMinutes(5);
    private static final Duration SILENCE = WATCH.plusSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ApiServerClient apiServer;
    private final Log log;
    private final Consumer<ConfigMapWatch> onChange;
    private final Thread thread;
    private volatile Optional<AuthenticationConfig> config = Optional.empty();
    private volatile Instant read = Instant.EPOCH;
    private volatile String problem = "it is being read";
    private volatile boolean closed;
    private long failures;

    private ConfigMapWatch(ApiServerClient apiServer, Log log, Consumer<ConfigMapWatch> onChange) {
        this.onChange = onChange;
        this.apiServer = apiServer;
        this.log = log.from("Authentication");
        this.thread = Thread.ofVirtual().name("authentication-config").unstarted(this::run);
    }

    /** @param onChange is told when it was read, and when it could not be */
    public static ConfigMapWatch start(ApiServerClient apiServer, Log log, Consumer<ConfigMapWatch> onChange) {
        ConfigMapWatch watch = new ConfigMapWatch(apiServer, log, onChange);
        watch.thread.start();
        return watch;
    }

    /** None before it was first read. */
    Optional<AuthenticationConfig> current() {
        return config;
    }

    public boolean isRead() {
        return config.isPresent();
    }

    /** When the API server last confirmed it or changed it; the epoch before the first time. */
    public Instant lastRead() {
        return read;
    }

    /** Why it is not known as of now; empty while it is. */
    public String problem() {
        return problem;
    }

    /** When the first of the authorities under that key expires. */
    public Optional<Instant> expiry(String key) {
        return config.flatMap(it -> it.authorities().getOrDefault(key, List.of()).stream()
                .map(authority -> authority.getNotAfter().toInstant())
                .min(Instant::compareTo));
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        do {
            long began = System.nanoTime();
            try {
                follow(list());
            } catch (ApiServerException e) {
                if (e.status() != TOO_OLD && !closed) {
                    failed(String.valueOf(e.getMessage()));
                }
            } catch (RuntimeException bug) {
                log.bug("Reading " + NAME + " failed", bug);
            }
            boolean wentWell = System.nanoTime() - began > LONGEST_PAUSE.toNanos();
            pause = wentWell ? FIRST_PAUSE : least(pause.multipliedBy(2), LONGEST_PAUSE);
        } while (!closed && sleep(pause));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Up to a half longer, so that many agents do not come at the same moment. */
    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2)));
            return true;
        } catch (InterruptedException closed) {
            return false;
        }
    }

    /** Reads it and says of which version it is. */
    private String list() throws ApiServerException {
        Json list = apiServer.get(LIST);
        Json map = list.at("items").elements().stream()
                .findFirst()
                .orElseThrow(() -> new ApiServerException(NAME + " does not exist"));
        take(map);
        return list.at("metadata", "resourceVersion").text().orElse("0");
    }

    /** Watches from that version on, until that fails. */
    private void follow(String from) throws ApiServerException {
        AtomicReference<String> version = new AtomicReference<>(from);
        do {
            apiServer.watch(
                    LIST + "&watch=1&allowWatchBookmarks=true&timeoutSeconds=" + WATCH.toSeconds() + "&resourceVersion="
                            + version.get(),
                    SILENCE,
                    event -> event(event, version));
        } while (!closed && sleep(FIRST_PAUSE));
    }

    private void event(Json event, AtomicReference<String> version) throws ApiServerException {
        Json object = event.at("object");
        String type = event.at("type").text().orElse("");
        switch (type) {
            case "ADDED", "MODIFIED" -> take(object);
            case "DELETED" -> failed(NAME + " was deleted");
            case "ERROR" ->
                throw new ApiServerException(
                        Math.toIntExact(object.at("code").whole().orElse(0)),
                        "the watch ends with: " + object.at("message").text().orElse("an error"));
            default -> read = Instant.now(); // a bookmark
        }
        object.at("metadata", "resourceVersion").text().ifPresent(version::set);
    }

    private void take(Json map) {
        Map<String, String> data = map.at("data").fields().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().text().orElse("")));
        try {
            config = Optional.of(AuthenticationConfig.of(data));
            read = Instant.now();
            failures = 0;
            if (!problem.isEmpty()) {
                log.info("Who may ask is known", "from", NAME);
            }
            problem = "";
            onChange.accept(this);
        } catch (PemException e) {
            failed(NAME + " cannot be used: " + e.getMessage());
        }
    }

    /** Said once, until it changes. */
    private void failed(String why) {
        if (failures++ == 0 || !why.equals(problem)) {
            log.warn(config.isEmpty() ? "Who may ask is not known" : "Who may ask is what it was before", "err", why);
        }
        problem = why;
        onChange.accept(this);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
