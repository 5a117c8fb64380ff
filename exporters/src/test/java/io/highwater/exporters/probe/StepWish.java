// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.tls.ClientTls;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings of a step as the configuration has them when little is written; what is to differ is set. */
final class StepWish {

    private final String name;
    private final String url;
    HttpMethod method = HttpMethod.GET;
    final Map<String, String> headers = new HashMap<>();
    Optional<String> body = Optional.empty();
    List<String> status = List.of("2xx");
    List<String> bodyHas = List.of();
    final Map<String, String> json = new HashMap<>();
    final Map<String, CaptureSettings> capture = new HashMap<>();
    Optional<UntilSettings> until = Optional.empty();
    Optional<Duration> slow = Optional.empty();
    Optional<Duration> timeout = Optional.empty();

    StepWish(String name, String url) {
        this.name = name;
        this.url = url;
    }

    static StepWish post(String name, String url, String body) {
        var step = new StepWish(name, url);
        step.method = HttpMethod.POST;
        step.body = Optional.of(body);
        return step;
    }

    StepWish header(String header, String value) {
        headers.put(header, value);
        return this;
    }

    StepWish json(String pointer, String condition) {
        json.put(pointer, condition);
        return this;
    }

    StepWish captureJson(String value, String pointer) {
        capture.put(value, new CaptureSettings(Optional.of(pointer), Optional.empty(), Optional.empty()));
        return this;
    }

    StepWish captureHeader(String value, String header) {
        capture.put(value, new CaptureSettings(Optional.empty(), Optional.of(header), Optional.empty()));
        return this;
    }

    StepWish captureBody(String value, String pattern) {
        capture.put(
                value, new CaptureSettings(Optional.empty(), Optional.empty(), Optional.of(Pattern.compile(pattern))));
        return this;
    }

    StepWish until(String pointer, String condition, Duration every, Duration within) {
        until = Optional.of(new UntilSettings(
                List.of("1xx", "2xx", "3xx", "4xx", "5xx"),
                List.of(),
                List.of(),
                Map.of(pointer, condition),
                every,
                within));
        return this;
    }

    StepSettings settings() {
        return new StepSettings(
                name, url, method, headers, body, status, Map.of(), Map.of(), bodyHas, List.of(), List.of(), json,
                capture, until, slow, timeout);
    }

    /** These steps, of whom nothing else is wanted. */
    static JourneySettings journey(
            Map<String, JourneySecret> secrets, List<String> followTo, ClientTls tls, StepWish... steps) {
        return new JourneySettings(
                Arrays.stream(steps).map(StepWish::settings).toList(),
                secrets,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                followTo,
                Optional.empty(),
                true,
                IpProtocol.ANY,
                true,
                tls,
                1 << 20);
    }
}
