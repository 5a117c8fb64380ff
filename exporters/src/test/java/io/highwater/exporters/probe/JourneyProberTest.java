// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Secret;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileServer;
import io.highwater.lab.NginxServer;
import io.highwater.lab.PageServer;
import io.highwater.lab.ShopService;
import io.highwater.lab.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two journeys through a real service, with nginx in front of it: upload, status, retrieve; quote, pay. */
class JourneyProberTest {

    private static final int FRONT = FreePort.next();
    private static final String SHOP = "http://127.0.0.1:" + FRONT;
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static ShopService shop;
    private static NginxServer nginx;

    @BeforeAll
    static void start() {
        shop = ShopService.start();
        nginx = NginxServer.start(
                "server { listen 127.0.0.1:%d; location / { proxy_pass %s; } }".formatted(FRONT, shop.url()),
                Map.of(),
                FRONT);
    }

    @AfterAll
    static void stop() {
        nginx.close();
        shop.close();
    }

    private static JourneySettings journey(List<String> followTo, StepWish... steps) {
        return StepWish.journey(
                Map.of("apiKey", new JourneySecret(new Secret("test", shop::key))),
                followTo,
                new ClientTls(Optional.empty(), Optional.empty(), Optional.empty(), ClientTls.Verify.FULL),
                steps);
    }

    private static Tried tried(StepWish... steps) {
        return Tried.once(journey(List.of(), steps));
    }

    private static StepWish upload(String text) {
        var step = StepWish.post("upload", SHOP + "/documents", text)
                .header("Authorization", "Bearer ${apiKey}")
                .captureJson("id", "/id")
                .captureHeader("status", "Location");
        step.status = List.of("202");
        return step;
    }

    /** Goes where the upload said that the status is to be had. */
    private static StepWish status(Duration within) {
        return new StepWish("status", "${status}")
                .header("Authorization", "Bearer ${apiKey}")
                .until("/state", "stored", OFTEN, within);
    }

    private static StepWish retrieve(String text) {
        var step = new StepWish("retrieve", SHOP + "/documents/${id}").header("Authorization", "Bearer ${apiKey}");
        step.bodyHas = List.of(text);
        return step;
    }

    @Test
    void uploadStatusRetrieve() {
        var tried = tried(upload("text ${uuid}"), status(LONG), retrieve("text ${uuid}"));

        assertThat(tried.failure()).isEmpty();
        for (var step : List.of("upload", "status", "retrieve")) {
            assertThat(tried.value("probe_journey_step_success", "step=\"" + step + "\""))
                    .as(step)
                    .hasValue(1);
            assertThat(tried.value("probe_journey_step_duration_seconds", "step=\"" + step + "\"")
                            .orElseThrow())
                    .isPositive();
        }
        assertThat(tried.value("probe_journey_step_status_code", "step=\"upload\""))
                .hasValue(202);
        assertThat(tried.value("probe_journey_step_requests", "step=\"status\""))
                .hasValue(3);
    }

    @Test
    void quoteAndPay() {
        var quote = StepWish.post("quote", SHOP + "/quotes", "{\"item\": \"book\", \"amount\": 7}")
                .header("Content-Type", "application/json")
                .captureJson("quote", "/quote/id")
                .captureJson("amount", "/quote/amount");
        var pay = StepWish.post("pay", SHOP + "/payments", "{\"quote\": \"${quote}\"}")
                .header("Idempotency-Key", "${uuid}")
                .json("/state", "paid")
                .json("/amount", "${amount}");

        assertThat(tried(quote, pay).failure()).isEmpty();

        var declined = StepWish.post("quote", SHOP + "/quotes", "{\"item\": \"book\", \"amount\": 13}")
                .captureJson("quote", "/quote/id")
                .captureJson("amount", "/quote/amount");
        var tried = tried(declined, pay);

        assertThat(tried.reason()).contains(FailureReason.BODY);
        assertThat(tried.message()).contains("step pay").contains("/state is \"declined\" where paid is wanted");
        assertThat(tried.value("probe_journey_step_success", "step=\"quote\"")).hasValue(1);
        assertThat(tried.value("probe_journey_step_success", "step=\"pay\"")).hasValue(0);
        assertThat(tried.value("probe_journey_step_failures_total", "step=\"pay\"", "reason=\"body\""))
                .hasValue(1);
    }

    @Test
    void whatNeverComesEndsTheWaitAndTheJourney() {
        var tried = tried(upload("stuck"), status(Duration.ofSeconds(1)), retrieve("stuck"));

        assertThat(tried.reason()).contains(FailureReason.TIMEOUT);
        assertThat(tried.message()).contains("step status").contains("/state is \"pending\"");
        assertThat(tried.value("probe_journey_step_requests", "step=\"status\"").orElseThrow())
                .isGreaterThan(3);
        assertThat(tried.value("probe_journey_step_success", "step=\"status\"")).hasValue(0);
        assertThat(tried.value("probe_journey_step_success", "step=\"retrieve\""))
                .isEmpty();
        assertThat(tried.value("probe_journey_step_attempts_total", "step=\"retrieve\""))
                .hasValue(0);
    }

    @Test
    void aStepThatIsTooSlowIsCountedAndOneThatTakesTooLongFails() {
        var quote = StepWish.post("quote", SHOP + "/quotes", "{\"item\": \"slow\", \"amount\": 1}");
        quote.slow = Optional.of(Duration.ofMillis(100));

        var tried = tried(quote);

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_journey_step_slow_total", "step=\"quote\""))
                .hasValue(1);
        assertThat(tried.value("probe_journey_step_slow_bound_seconds", "step=\"quote\""))
                .hasValue(0.1);

        quote.timeout = Optional.of(Duration.ofMillis(150));
        assertThat(tried(quote).reason()).contains(FailureReason.TIMEOUT);
    }

    @Test
    void theDeadlineIsThatOfTheWhole() {
        var settings = journey(List.of(), upload("stuck"), status(LONG));

        var tried = Tried.once(settings, Duration.ofSeconds(1));

        assertThat(tried.reason()).contains(FailureReason.TIMEOUT);
        assertThat(tried.value("probe_journey_step_duration_seconds", "step=\"status\"")
                        .orElseThrow())
                .isLessThan(10);
    }

    @Test
    void countsGoOnFromAttemptToAttempt() {
        var wrong = upload("text");
        wrong.status = List.of("500");
        try (var prober = journey(List.of(), wrong).open(new Target("shop", "probe", "journey", Map.of()))) {
            Tried.with(prober, LONG);
            var second = Tried.with(prober, LONG);

            assertThat(second.value("probe_journey_step_attempts_total", "step=\"upload\""))
                    .hasValue(2);
            assertThat(second.value("probe_journey_step_failures_total", "reason=\"status\""))
                    .hasValue(2);
        }
    }

    @Test
    void noSecretIsToldEvenIfTheServerSaysIt() {
        try (var echo = PageServer.start().serve(200, "application/json", "{\"key\": \"" + shop.key() + "\"}")) {
            var step = new StepWish("echo", echo.url() + "/").json("/key", "another");

            var tried = tried(step);

            assertThat(tried.reason()).contains(FailureReason.BODY);
            assertThat(tried.message()).contains("***").doesNotContain(shop.key());
            assertThat(tried.samples()).doesNotContain(shop.key());
        }
    }

    @Test
    void noSecretIsToldThoughOnlyItsBeginningFits() {
        var said = "x".repeat(50) + shop.key();
        try (var echo = PageServer.start().serve(200, "application/json", "{\"key\": \"" + said + "\"}")) {
            var tried = tried(new StepWish("echo", echo.url() + "/").json("/key", "another"));

            assertThat(tried.message())
                    .contains("***")
                    .doesNotContain(shop.key().substring(0, 5));
        }
    }

    @Test
    void afterALongPauseTheConnectionIsANewOne() {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);
        try (var server = HostileServer.playing(Step.receive(), Step.send(answer), Step.reset())) {
            var step = new StepWish("wait", "http://127.0.0.1:" + server.port() + "/")
                    .until("/state", "stored", Duration.ofMillis(1001), Duration.ofMillis(2100));

            assertThat(tried(step).message()).contains("and still: ");
            assertThat(server.accepted()).isGreaterThan(1);
        }
    }

    @Test
    void whoWaitsDoesNotWaitLongerForOneAnswer() {
        try (var silent = HostileServer.silent()) {
            var step = new StepWish("wait", "http://127.0.0.1:" + silent.port() + "/")
                    .until("/state", "stored", OFTEN, Duration.ofMillis(200));
            step.timeout = Optional.of(Duration.ofMinutes(5));
            var settings = journey(List.of(), step);

            var tried = Tried.once(settings, Duration.ofMinutes(5));

            assertThat(tried.reason()).contains(FailureReason.TIMEOUT);
            assertThat(tried.value("probe_journey_step_duration_seconds").orElseThrow())
                    .isLessThan(60);
        }
    }

    @Test
    void whereACapturedUrlLeadsHasToBeAllowed() {
        try (var elsewhere = PageServer.start().serve(200, "text/plain", "inside");
                var liar =
                        PageServer.start().serve(200, "application/json", "{\"next\": \"" + elsewhere.url() + "/\"}")) {
            var first = new StepWish("first", liar.url() + "/").captureJson("next", "/next");
            var second = new StepWish("second", "${next}");

            assertThat(tried(first, second).reason()).contains(FailureReason.REDIRECT);
            assertThat(elsewhere.requests()).isEmpty();

            var allowed = journey(List.of(elsewhere.url().substring("http://".length())), first, second);
            assertThat(Tried.once(allowed).failure()).isEmpty();
        }
    }

    @Test
    void aValueInAUrlStaysOnePartOfIt() {
        try (var server = PageServer.start().serve(200, "application/json", "{\"id\": \"../admin?x=1#y\"}")) {
            var first = new StepWish("first", server.url() + "/").captureBody("id", "\"id\": \"([^\"]*)\"");
            var second = new StepWish("second", server.url() + "/things/${id}");

            assertThat(tried(first, second).failure()).isEmpty();
            assertThat(server.requests().getLast().path()).contains("/things/..%2Fadmin%3Fx%3D1%23y");
        }
    }

    @Test
    void whatIsNotThereToCaptureFails() {
        var step = upload("text").captureJson("price", "/price");

        assertThat(tried(step).reason()).contains(FailureReason.BODY);
        assertThat(tried(step).message()).contains("nothing to capture as price at /price");
    }
}
