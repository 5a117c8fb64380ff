// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static io.highwater.exporters.redis.WatchedRedis.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Reason;
import io.highwater.core.tls.ClientTls;
import io.highwater.core.tls.ClientTls.Verify;
import io.highwater.exporters.Watched;
import io.highwater.exporters.client.redis.Address;
import io.highwater.lab.Certificates;
import io.highwater.lab.FreePort;
import io.highwater.lab.RedisSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS and wants a certificate of its clients. */
class TlsTest {

    @TempDir
    static Path folder;

    private static RedisSet set;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        var certificates = Certificates.in(folder);
        for (var name : new String[] {"ca", "rsa", "client", "stranger"}) {
            certificates.write(name, name);
        }
        // The server may run as another account.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        port = FreePort.next();
        set = RedisSet.plan()
                .setting("tls-port", Integer.toString(port))
                .setting("tls-cert-file", file("rsa.crt"))
                .setting("tls-key-file", file("rsa.key"))
                .setting("tls-ca-cert-file", file("ca.crt"))
                .start();
    }

    @AfterAll
    static void stop() {
        if (set != null) {
            set.close();
        }
    }

    @Test
    void withOurCertificateAndItsAuthorityItIsWatched() {
        try (var watched = watch("localhost", Optional.of("ca.crt"), Optional.of("client"), Verify.FULL)) {
            await().until(() -> watched.store().complete() && watched.is(1, "redis_up"));
            assertThat(watched.is(1, "ha_primary_count")).isTrue();
        }
    }

    @Test
    void withoutOurCertificateItIsNot() {
        isDown("127.0.0.1", Optional.of("ca.crt"), Optional.empty(), Verify.FULL);
    }

    @Test
    void aServerThatNoAuthorityOfOursKnowsIsRefused() {
        isDown("127.0.0.1", Optional.of("stranger.crt"), Optional.of("client"), Verify.FULL);
    }

    @Test
    void aFileThatIsNotThereIsSaidByItsKey() {
        try (var watched = watch("127.0.0.1", Optional.of("nowhere.crt"), Optional.of("client"), Verify.FULL)) {
            await().until(() -> watched.reason("redis-1", "state").equals(Optional.of(Reason.AUTH)));
            assertThat(watched.outcome("redis-1", "state").orElseThrow().toString())
                    .contains("tls.ca")
                    .contains("nowhere.crt");
        }
    }

    private static void isDown(String host, Optional<String> ca, Optional<String> identity, Verify verify) {
        try (var watched = watch(host, ca, identity, verify)) {
            await().until(() -> watched.reason("redis-1", "state").isPresent());
            assertThat(watched.is(0, "redis_up")).isTrue();
        }
    }

    private static Watched watch(String host, Optional<String> ca, Optional<String> identity, Verify verify) {
        var tls = new ClientTls(
                ca.map(folder::resolve),
                identity.map(name -> folder.resolve(name + ".crt")),
                identity.map(name -> folder.resolve(name + ".key")),
                verify);
        return WatchedRedis.watch(WatchedRedis.settings(
                Map.of("redis-1", new Address(host + ":" + port)), Map.of(), Optional.empty(), Optional.of(tls)));
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }
}
