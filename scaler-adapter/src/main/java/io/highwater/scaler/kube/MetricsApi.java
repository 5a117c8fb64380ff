// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.core.web.Handler;
import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import io.highwater.scaler.Metrics;
import io.highwater.scaler.kube.auth.AccessReviews;
import io.highwater.scaler.kube.auth.Authentication;
import io.highwater.scaler.kube.wire.Accepted;
import io.highwater.scaler.kube.wire.Encoding;
import io.highwater.scaler.kube.wire.Refusal;
import io.highwater.scaler.kube.wire.ValueList;
import io.highwater.scaler.kube.wire.ValueList.Form;
import io.highwater.scaler.kube.wire.ValueList.Item;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers what comes to an aggregated API server: who asks, whether they may, and what it is that they get. */
final class MetricsApi implements Handler {

    private final List<ApiGroup> groups;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final Document version;
    private final Health health;
    private final Authentication authentication;
    private final AccessReviews access;
    private final ExternalMetrics external;
    private final CustomMetrics custom;

    MetricsApi(
            MetricsApiOptions options,
            Metrics metrics,
            Authentication authentication,
            AccessReviews access,
            Supplier<String> notReady,
            MeterRegistry registry) {
        this.groups = ApiGroup.of(options);
        this.discovery = new Discovery(groups);
        this.openApi = new OpenApi(groups, options.version());
        this.version =
                Document.of(Map.of("major", "", "minor", "", "gitVersion", "v" + options.version() + "-highwater"));
        this.health = new Health(notReady);
        this.authentication = authentication;
        this.access = access;
        Readings readings = new Readings(metrics, new ReadMeters(registry));
        this.external = new ExternalMetrics(readings);
        this.custom = new CustomMetrics(readings);
    }

    @Override
    public Response handle(Request request) throws InterruptedException {
        try {
            Optional<Response> healthy = health.answer(request);
            return healthy.isPresent() ? healthy.get() : answer(ApiPath.of(request), request);
        } catch (Refusal refused) {
            return refused.response();
        }
    }

    private Response answer(ApiPath path, Request request) throws Refusal, InterruptedException {
        access.require(authentication.caller(request), path.action(request));
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw Refusal.methodNotAllowed(request.method() + ": here is nothing but to be read");
        }
        return path.isDocument() ? document(path, request) : values(path, request);
    }

    private Response document(ApiPath path, Request request) throws Refusal {
        Optional<Response> found = discovery.answer(path.path(), request);
        if (found.isEmpty()) {
            found = openApi.answer(path.path(), request);
        }
        if (found.isEmpty() && path.path().equals("/version")) {
            found = Optional.of(version.answer(request));
        }
        return found.orElseThrow(() -> Refusal.notFound(path.path() + " is not served here"));
    }

    private Response values(ApiPath path, Request request) throws Refusal {
        Form form = groups.stream()
                .filter(group -> group.name().equals(path.group()))
                .flatMap(group -> group.form(path.version()).stream())
                .findFirst()
                .orElseThrow(() ->
                        Refusal.notFound("the API " + path.group() + "/" + path.version() + " is not served here"));
        if (ApiPath.isWatch(request)) {
            throw Refusal.methodNotAllowed("metrics cannot be watched");
        }
        if (!request.parameter("fieldSelector").orElse("").isBlank()) {
            throw Refusal.badRequest("fieldSelector: a metric has no fields to select by; use labelSelector");
        }
        Encoding encoding = Accepted.by(request).encoding();
        List<Item> items = form == Form.EXTERNAL ? external.read(path, request) : custom.read(path, request);
        return encoding.response(new ValueList(form, path.group() + "/" + path.version(), items));
    }
}
