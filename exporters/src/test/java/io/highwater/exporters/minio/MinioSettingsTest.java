// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings refuse, with the key that is wrong, and the token that is made of them. */
class MinioSettingsTest {

    private static final Map<String, String> NODES = Map.of("minio-1", "http://minio-1:9000");

    private static MinioSettings of(Map<String, String> nodes, String accessKey, String secretKey, String token) {
        return new MinioSettings(
                nodes,
                Optional.of(accessKey).filter(key -> !key.isEmpty()),
                Optional.of(secretKey).filter(key -> !key.isEmpty()).map(WatchedMinio::secret),
                Optional.of(token).filter(key -> !key.isEmpty()).map(WatchedMinio::secret),
                MinioSettings.Metrics.AUTO,
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"minio:9000", "http://minio:9000/minio", "http://key:secret@minio:9000", "http://minio:9000?a=b"
            })
    void aNodeIsAnAddressAlone(String url) {
        assertThatThrownBy(() -> of(Map.of("minio-1", url), "", "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("nodes: write http://host:9000");
    }

    @Test
    void thereIsANode() {
        assertThatThrownBy(() -> of(Map.of(), "", "", "")).hasMessageStartingWith("nodes: ");
    }

    @Test
    void keysGoTogetherAndWithoutAToken() {
        assertThatThrownBy(() -> of(NODES, "key", "", "")).hasMessageStartingWith("accessKey: ");
        assertThatThrownBy(() -> of(NODES, "", "secret", "")).hasMessageStartingWith("secretKey: ");
        assertThatThrownBy(() -> of(NODES, "key", "secret", "token")).hasMessageStartingWith("token: ");
        assertThatThrownBy(() -> of(NODES, "a\"b", "secret", "")).hasMessageStartingWith("accessKey: ");
    }

    @Test
    void theTokenSaysWhoWeAreAndForHowLong() throws CollectionException {
        var token =
                new MetricsToken(of(NODES, "watcher", "its-secret", "")).now().orElseThrow();
        var parts = token.split("\\.", -1);
        assertThat(parts).hasSize(3);
        assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"HS512\",\"typ\":\"JWT\"}");
        assertThat(decoded(parts[1])).matches("\\{\"sub\":\"watcher\",\"iss\":\"prometheus\",\"exp\":\\d{10}}");
        assertThat(Base64.getUrlDecoder().decode(parts[2])).hasSize(64);
        assertThat(token).doesNotContain("its-secret");
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    @Test
    void withoutKeysThereIsNoToken() throws CollectionException {
        assertThat(new MetricsToken(of(NODES, "", "", "")).now()).isEmpty();
    }

    @Test
    void aSecretThatIsNotThereIsAFailedLogin() {
        var gone = new Secret("file gone", () -> {
            throw new IllegalStateException("file gone: does not exist");
        });
        var settings = new MinioSettings(
                NODES,
                Optional.of("watcher"),
                Optional.of(gone),
                Optional.empty(),
                MinioSettings.Metrics.AUTO,
                Optional.empty());
        assertThatThrownBy(() -> new MetricsToken(settings).now())
                .isInstanceOfSatisfying(
                        CollectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.AUTH))
                .hasMessage("file gone: does not exist");
    }
}
