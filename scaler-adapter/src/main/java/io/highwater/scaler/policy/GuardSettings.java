// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.policy;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the configuration says of one limit. */
public record GuardSettings(
        @Doc("connections that a Postgres has left") Optional<Connections> connections,

        @Doc("something that the work needs, and that may fail or be slow")
        Optional<Dependency> dependency,

        @Doc("a rate that a remote API allows") Optional<Rate> rateLimit,

        @Default("false") @Doc("whether it may take away replicas that run; otherwise it only stops growth")
        boolean mayShrink) {

    public GuardSettings {
        Required.that(
                Stream.of(connections, dependency, rateLimit)
                                .filter(Optional::isPresent)
                                .count()
                        == 1,
                "needs one of connections:, dependency: and rateLimit:");
    }

    /** The signals that it names. */
    List<String> signals() {
        return Stream.of(dependency.map(Dependency::signal), rateLimit.flatMap(Rate::signal))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Connection headroom: what the primary can have, less what others use, over what a replica holds. */
    public record Connections(
            @Doc("the cluster of the Postgres") String cluster,

            @Doc("its node; without it the primary, whichever that is")
            Optional<String> node,

            @Doc("connections that one replica holds: its pool's size")
            int perReplica,

            @Default("5") @Doc("connections that are left to others in any case")
            int reserve) {

        public Connections {
            Required.that(perReplica > 0, "perReplica: must be above 0");
            Required.that(reserve >= 0, "reserve: must not be below 0");
        }
    }

    /** A signal that says when no more replicas are to be added. */
    public record Dependency(
            String signal,

            @Doc("it is in trouble when the signal is above that; or")
            Optional<Double> above,

            @Doc("when it is below that") Optional<Double> below,

            @Doc("how many replicas there may be then; without it those that run")
            Optional<Integer> replicas) {

        public Dependency {
            Required.that(above.isPresent() != below.isPresent(), "needs one of above: and below:");
            replicas.ifPresent(of -> Required.that(of >= 0, "replicas: must not be below 0"));
        }
    }

    /** A limit of what all replicas together may do per second. */
    public record Rate(
            @Doc("per second") Optional<Double> limit,
            @Doc("or a signal that says it") Optional<String> signal,

            @Doc("what one replica does per second; without it the policy's own drain: has learned it")
            Optional<Double> perReplica) {

        public Rate {
            Required.that(limit.isPresent() != signal.isPresent(), "needs one of limit: and signal:");
            limit.ifPresent(of -> Required.that(of > 0, "limit: must be above 0"));
            perReplica.ifPresent(of -> Required.that(of > 0, "perReplica: must be above 0"));
        }
    }
}
