// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** What is refused, and by which key. */
class HttpSettingsTest {

    private static void refused(String start, Consumer<HttpWish> change) {
        var wish = new HttpWish("https://pay.example/health");
        change.accept(wish);
        assertThatThrownBy(wish::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(start);
    }

    @Test
    void whatIsWrongIsRefusedByItsKey() {
        assertThatThrownBy(() -> new HttpWish("ftp://pay.example").settings()).hasMessageStartingWith("url: ");
        assertThatThrownBy(() -> new HttpWish("https://me:pass@pay.example/").settings())
                .hasMessageStartingWith("url: ");
        refused("headers: ", wish -> wish.headers.put("Authorization", "Bearer x"));
        refused("body: a GET has none", wish -> wish.body = Optional.of("text"));
        refused("user: ", wish -> wish.user = Optional.of("me"));
        refused("status: ", wish -> wish.status = List.of("20"));
        refused("httpVersions: ", wish -> wish.httpVersions = List.of("2"));
        refused("json: ", wish -> wish.json.put("status", "UP"));
        refused("json: ", wish -> wish.json.put("/status", "~ ("));
        refused("json: ", wish -> wish.json.put("/depth", "< hundred"));
        refused("json: ", wish -> wish.json.put("/id", "~ ${id}"));
        refused("followTo: ", wish -> wish.followTo = List.of("https://other.example/"));
        refused("maxBytes: ", wish -> wish.maxBytes = 0);
        assertThatThrownBy(() -> new HttpProxy("https://proxy.example", Optional.empty(), Optional.empty()))
                .hasMessageStartingWith("url: ");
    }

    @Test
    void aServersOwnPortsAreAllowedAndWhatIsNamed() {
        var hosts = AllowedHosts.of(
                List.of(HttpUrl.get("http://pay.example/")), List.of("www.example", "cdn.example:8443"));

        assertThat(hosts.allow(HttpUrl.get("https://pay.example/"))).isTrue();
        assertThat(hosts.allow(HttpUrl.get("http://pay.example:6379/"))).isFalse();
        assertThat(hosts.allow(HttpUrl.get("https://www.example/"))).isTrue();
        assertThat(hosts.allow(HttpUrl.get("https://cdn.example:8443/"))).isTrue();
        assertThat(hosts.allow(HttpUrl.get("https://cdn.example/"))).isFalse();
        assertThat(hosts.allow(HttpUrl.get("http://169.254.169.254/"))).isFalse();
    }

    @Test
    void nothingLeadsFromTlsToClearTextUnlessThatIsNamed() {
        var clear = HttpUrl.get("http://pay.example/");
        var steps = List.of(HttpUrl.get("https://pay.example/"), HttpUrl.get("https://pay.example:8443/"));

        assertThat(AllowedHosts.of(steps, List.of()).allow(clear)).isFalse();
        assertThat(AllowedHosts.of(steps, List.of()).allow(HttpUrl.get("http://pay.example:8443/")))
                .isFalse();
        assertThat(AllowedHosts.of(steps, List.of("Pay.Example")).allow(clear)).isTrue();
        assertThat(journey(new StepWish("one", "https://pay.example/"))
                        .way()
                        .hosts()
                        .allow(clear))
                .isFalse();
    }

    @Test
    void stepsKnowOnlyWhatWasThereBefore() {
        assertThatThrownBy(() -> journey(new StepWish("one", "http://pay.example/${id}")))
                .hasMessage("steps: one: nothing is known as ${id} by then");
        assertThatThrownBy(() -> journey(new StepWish("one", "http://pay.example/").captureJson("uuid", "/id")))
                .hasMessageStartingWith("steps: one: capture uuid: ");
        assertThatThrownBy(() ->
                        journey(new StepWish("one", "http://pay.example/"), new StepWish("one", "http://pay.example/")))
                .hasMessageContaining("two of that name");
        assertThatThrownBy(() -> new StepWish("one", "http://${host}/").settings())
                .hasMessageStartingWith("url: ");
        assertThatThrownBy(() -> journey(new StepWish("one", "${uuid}"))).hasMessageStartingWith("steps: ");
        assertThat(journey(
                                new StepWish("one", "http://pay.example/").captureJson("id", "/id"),
                                new StepWish("two", "http://pay.example/${id}?n=${uuid}"))
                        .steps())
                .hasSize(2);
    }

    private static JourneySettings journey(StepWish... steps) {
        return new JourneySettings(
                List.of(steps).stream().map(StepWish::settings).toList(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                List.of(),
                Optional.empty(),
                true,
                IpProtocol.ANY,
                true,
                new HttpWish("http://pay.example/").tls,
                1 << 20);
    }
}
