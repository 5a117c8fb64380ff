// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.exporters.probe.FileProbeSettings.Content.ANY;
import static io.highwater.exporters.probe.FileProbeSettings.Content.JWK;
import static io.highwater.exporters.probe.FileProbeSettings.Content.PEM;
import static io.highwater.exporters.probe.FileProbeSettings.Content.PKCS12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.Secret;
import io.highwater.exporters.probe.FileProbeSettings.Content;
import io.highwater.lab.Site;
import io.highwater.lab.Site.Flaw;
import io.highwater.lab.Sites;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileProberTest {

    /** No key of anybody's. */
    private static final String WALLET =
            "{\"kty\": \"RSA\", \"n\": \"bW9kdWx1cw\", \"e\": \"AQAB\", \"d\": \"c2VjcmV0\"}";

    @TempDir
    static Path folder;

    private static Sites sites;

    @BeforeAll
    static void makeCertificates() {
        sites = Sites.create();
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    private static FileProbeSettings settings(Path path, Content content) {
        return new FileProbeSettings(
                path, content, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    private static Path written(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Path written(Flaw flaw) throws IOException {
        Site site = sites.site(flaw);
        return written(flaw + ".pem", site.chain() + site.key());
    }

    private static double expiry(Flaw flaw) {
        return sites.site(flaw).expires().toEpochMilli() / 1e3;
    }

    @Test
    void aCertificateWithItsKeyIsCountedAndItsEndIsTold() throws IOException {
        var file = written(Flaw.NONE);

        var tried = Tried.once(settings(file, PEM));

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_file_present")).hasValue(1);
        assertThat(tried.value("probe_file_readable")).hasValue(1);
        assertThat(tried.value("probe_file_certificates")).hasValue(2);
        assertThat(tried.value("probe_file_private_keys")).hasValue(1);
        assertThat(tried.value("probe_file_earliest_expiry_timestamp_seconds")).hasValue(expiry(Flaw.NONE));
        assertThat(tried.value("probe_file_size_bytes")).hasValue((double) Files.size(file));
        assertThat(tried.samples()).doesNotContain("probe_file_too_open");
    }

    @Test
    void anExpiredOneAndOneThatExpiresTooSoonFail() throws IOException {
        var soon = written(Flaw.EXPIRES_SOON);

        var expired = Tried.once(settings(written(Flaw.EXPIRED), PEM));

        assertThat(expired.reason()).contains(FailureReason.CERTIFICATE);
        assertThat(expired.value("probe_file_earliest_expiry_timestamp_seconds"))
                .hasValue(expiry(Flaw.EXPIRED));
        assertThat(Tried.once(settings(soon, PEM)).failure()).isEmpty();
        assertThat(Tried.once(new FileProbeSettings(
                                soon, PEM, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofHours(2)))
                        .reason())
                .contains(FailureReason.CERTIFICATE);
    }

    @Test
    void aStoreIsReadWithItsPassword() {
        var open = Tried.once(store("changeit"));
        var shut = Tried.once(store("not that word"));

        assertThat(open.failure()).isEmpty();
        assertThat(open.value("probe_file_private_keys").orElseThrow()).isPositive();
        assertThat(open.value("probe_file_earliest_expiry_timestamp_seconds")).isPresent();
        assertThat(shut.reason()).contains(FailureReason.BODY);
        assertThat(shut.toString()).doesNotContain("not that word");
        assertThat(Tried.once(settings(sites.store(), PKCS12)).failure()).isEmpty();
    }

    private static FileProbeSettings store(String password) {
        return new FileProbeSettings(
                sites.store(),
                PKCS12,
                Optional.of(new Secret("test", () -> password)),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO);
    }

    @Test
    void aWalletIsAKeyInJsonAndNothingOfItIsTold() throws IOException {
        var whole = Tried.once(settings(written("wallet.json", WALLET), JWK));
        var set = Tried.once(settings(written("set.json", "{\"keys\": [" + WALLET + ", {\"kty\": \"EC\"}]}"), JWK));

        assertThat(whole.failure()).isEmpty();
        assertThat(whole.value("probe_file_private_keys")).hasValue(1);
        assertThat(whole.samples()).doesNotContain("c2VjcmV0").doesNotContain("bW9kdWx1cw");
        assertThat(set.value("probe_file_private_keys")).hasValue(1);
    }

    @Test
    void whatIsBrokenIsSaidAndNotQuoted() throws IOException {
        var halves = new Tried[] {
            Tried.once(settings(written("half.json", WALLET.substring(0, WALLET.length() - 4)), JWK)),
            Tried.once(settings(written("text.json", "c2VjcmV0"), JWK)),
            Tried.once(settings(written("other.json", "{\"d\": \"c2VjcmV0\"}"), JWK)),
            Tried.once(settings(written("list.json", "[\"c2VjcmV0\"]"), JWK)),
            Tried.once(settings(written("half.pem", "-----BEGIN CERTIFICATE-----\nc2VjcmV0\n"), PEM)),
            Tried.once(settings(written("text.pem", "c2VjcmV0"), PEM)),
        };

        for (var half : halves) {
            assertThat(half.reason()).contains(FailureReason.BODY);
            assertThat(half.toString()).doesNotContain("c2VjcmV0");
            assertThat(half.failure().orElseThrow().getCause()).isNull();
        }
    }

    @Test
    void aFileThatIsNotThereIsMissing() {
        var tried = Tried.once(settings(folder.resolve("nowhere"), ANY));

        assertThat(tried.reason()).contains(FailureReason.MISSING);
        assertThat(tried.value("probe_file_present")).hasValue(0);
        assertThat(tried.value("probe_file_size_bytes")).isEmpty();
    }

    @Test
    void aFileThatIsOpenToOthersIsTooOpen() throws IOException {
        var file = written("open.json", WALLET);
        var settings = new FileProbeSettings(
                file, JWK, Optional.empty(), Optional.of("0600"), Optional.empty(), Duration.ZERO);
        var closed = Tried.once(settings);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        var open = Tried.once(settings);

        assertThat(closed.failure()).isEmpty();
        assertThat(closed.value("probe_file_too_open")).hasValue(0);
        assertThat(open.reason()).contains(FailureReason.UNREADABLE);
        assertThat(open.message()).contains("0640");
        assertThat(open.value("probe_file_too_open")).hasValue(1);
    }

    @Test
    void aFileThatIsOlderThanItMayBeIsStale() throws IOException {
        var file = written("old", "");
        var settings = new FileProbeSettings(
                file, ANY, Optional.empty(), Optional.empty(), Optional.of(Duration.ofHours(1)), Duration.ZERO);
        assertThat(Tried.once(settings).failure()).isEmpty();
        var then = Instant.ofEpochSecond(1_700_000_000);
        Files.setLastModifiedTime(file, FileTime.from(then));

        var tried = Tried.once(settings);

        assertThat(tried.reason()).contains(FailureReason.STALE);
        assertThat(tried.value("probe_file_modified_timestamp_seconds")).hasValue(1_700_000_000);
    }

    @Test
    void aFolderAPipeAndWhatIsTooLargeAreNotRead() throws IOException, InterruptedException {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var large = written("large", "");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(1L << 30);
        }

        assertThat(Tried.once(settings(folder, PEM)).reason()).contains(FailureReason.UNREADABLE);
        assertThat(Tried.once(settings(pipe, PEM)).reason()).contains(FailureReason.UNREADABLE);
        assertThat(Tried.once(settings(large, PEM)).reason()).contains(FailureReason.BODY);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new FileProbeSettings(
                        folder, PEM, Optional.empty(), Optional.of("rw"), Optional.empty(), Duration.ZERO))
                .hasMessageStartingWith("mode: ");
        assertThatThrownBy(() -> new FileProbeSettings(
                        folder,
                        PEM,
                        Optional.of(new Secret("test", () -> "x")),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO))
                .hasMessageStartingWith("password: ");
    }
}
