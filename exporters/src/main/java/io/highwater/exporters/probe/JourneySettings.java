// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.Target;
import io.highwater.core.tls.ClientTls;
import io.highwater.exporters.client.http.HttpAccess;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** What one user does, request after request: values are carried from one step to the next. */
public record JourneySettings(
        @Doc("the steps in their order; one that fails ends the journey")
        List<StepSettings> steps,

        @Doc("secrets that steps send as ${name}, by name") @Default("{}")
        Map<String, JourneySecret> secrets,

        @Doc("the user to log in as at the server of the first step, by basic authentication")
        Optional<String> user,

        @Doc("the user's password") Optional<Secret> password,

        @Doc("a bearer token for the server of the first step, in place of user and password")
        Optional<Secret> token,

        @Doc("whether redirects are followed, ten at most") @Default("true")
        boolean followRedirects,

        @Doc("where redirects and captured URLs may lead beside the hosts of the steps: host, or host:port")
        @Default("[]")
        List<String> followTo,

        @Doc("an HTTP proxy on the way: http://host:3128, or url, user, password")
        Optional<HttpProxy> proxy,

        @Doc("whether HTTP/2 is offered, over TLS") @Default("true")
        boolean http2,

        @Doc("which address of a host is taken: any, which the system prefers; ip4; ip6") @Default("any")
        IpProtocol ipProtocol,

        @Doc("whether an address of the other kind will do") @Default("true")
        boolean ipProtocolFallback,

        @Doc("whom to trust, and who we are") @Default("{}") ClientTls tls,

        @Doc("how long a body may be, decompressed; a longer one fails") @Default("1048576")
        int maxBytes)
        implements ProberSettings {

    public JourneySettings {
        steps = List.copyOf(steps);
        secrets = Map.copyOf(secrets);
        if (steps.isEmpty() || new Template(steps.getFirst().url()).isOneName()) {
            throw new IllegalArgumentException("steps: write at least one, and where it goes to");
        }
        checkNames(steps, secrets);
        var _ = new HttpAccess(user, password, token, Map.of());
        AllowedHosts.of(List.of(), followTo);
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: write 1 or more");
        }
    }

    /** Every step has a name of its own and knows all values that it names by then. */
    private static void checkNames(List<StepSettings> steps, Map<String, JourneySecret> secrets) {
        var names = new HashSet<String>();
        var known = new HashSet<>(secrets.keySet());
        known.add(JourneyValues.UNIQUE);
        for (var step : steps) {
            var where = "steps: " + step.name() + ": ";
            if (!names.add(step.name())) {
                throw new IllegalArgumentException(where + "there are two of that name");
            }
            step.templates()
                    .flatMap(template -> template.names().stream())
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(where + "nothing is known as ${" + name + "} by then");
                    });
            for (var name : step.capture().keySet()) {
                if (!Template.isName(name) || secrets.containsKey(name) || name.equals(JourneyValues.UNIQUE)) {
                    throw new IllegalArgumentException(
                            where + "capture " + name + ": a name is letters, digits and _, and is no secret's");
                }
                known.add(name);
            }
        }
    }

    HttpUrl first() {
        return written(steps.getFirst());
    }

    private static HttpUrl written(StepSettings step) {
        return HttpAccess.url(new Template(step.url()).with(_ -> "x"), "steps", "http://host/path");
    }

    HttpAccess access() {
        return new HttpAccess(user, password, token, Map.of());
    }

    HttpWay way() {
        var servers = steps.stream()
                .filter(step -> !new Template(step.url()).isOneName())
                .map(JourneySettings::written)
                .toList();
        return new HttpWay(
                followRedirects,
                AllowedHosts.of(servers, followTo),
                tls,
                Optional.empty(),
                proxy,
                http2,
                ipProtocol,
                ipProtocolFallback,
                true,
                maxBytes);
    }

    @Override
    public Prober open(Target target) {
        return new JourneyProber(this);
    }
}
