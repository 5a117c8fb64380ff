// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.exporters.client.http.HttpAccess;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings refuse, with the key that is wrong. */
class SettingsTest {

    private static final Map<String, String> QUERIES = Map.of("one", "1");

    @ParameterizedTest
    @CsvSource({
        "http://prom:9090,/api/v1/query",
        "https://prom/,/api/v1/query",
        "http://mimir:8080/prometheus,/prometheus/api/v1/query",
        "http://mimir:8080/prometheus/,/prometheus/api/v1/query",
    })
    void aServerMayHaveAPath(String server, String path) {
        assertThat(Inputs.queries(Map.of("a", server), QUERIES).queryUrl("a").encodedPath())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prom:9090",
                "ftp://prom",
                "http://",
                "http://user:secret@prom",
                "http://prom/?query=1",
                "http://prom/#graph",
                "http://pr om"
            })
    void aServerThatIsNoneIsRefused(String server) {
        assertThatThrownBy(() -> Inputs.queries(Map.of("a", server), QUERIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("servers: write http://host:9090, without")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPageMayHaveAQueryAndNoPassword() {
        assertThat(Inputs.pages(Map.of("a", "http://b:1/m?x=y"), "*").endpoint("a"))
                .hasToString("http://b:1/m?x=y");
        assertThatThrownBy(() -> Inputs.pages(Map.of("a", "http://b:c@d/"), "*"))
                .hasMessageStartingWith("endpoints: write http://host:9000/metrics, without");
    }

    @Test
    void nothingToAskAndNothingToKeepAreRefused() {
        assertThatThrownBy(() -> Inputs.queries(Map.of(), QUERIES)).hasMessageStartingWith("servers: ");
        assertThatThrownBy(() -> Inputs.queries(Map.of("a", "http://b"), Map.of()))
                .hasMessageStartingWith("queries: ");
        assertThatThrownBy(() -> Inputs.queries(Map.of("a", "http://b"), Map.of("c", " ")))
                .hasMessageStartingWith("queries: ");
        assertThatThrownBy(() -> Inputs.pages(Map.of(), "*")).hasMessageStartingWith("endpoints: ");
        assertThatThrownBy(() -> Inputs.pages(Map.of("a", "http://b"))).hasMessageStartingWith("keep: ");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization,Bearer x,headers: Authorization cannot be set here",
        "accept-encoding,br,headers: accept-encoding cannot be set here",
        "X Scope,a,headers: X Scope is not the name of a header",
        "X-Scope,\u00e4,headers: X-Scope may have printable ASCII characters alone",
    })
    void aHeaderThatIsTakenOrNoneIsRefused(String name, String value, String refusal) {
        assertThatThrownBy(
                        () -> new HttpAccess(Optional.empty(), Optional.empty(), Optional.empty(), Map.of(name, value)))
                .hasMessage(refusal);
    }

    @Test
    void oneWayToLogInIsEnough() {
        var secret = Optional.of(Inputs.secret("s"));
        assertThatThrownBy(() -> new HttpAccess(Optional.of("u"), Optional.empty(), Optional.empty(), Map.of()))
                .hasMessageStartingWith("user: ");
        assertThatThrownBy(() -> new HttpAccess(Optional.empty(), secret, Optional.empty(), Map.of()))
                .hasMessageStartingWith("password: ");
        assertThatThrownBy(() -> new HttpAccess(Optional.of("u"), secret, secret, Map.of()))
                .hasMessageStartingWith("user: ");
    }
}
