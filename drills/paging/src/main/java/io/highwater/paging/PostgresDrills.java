// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import io.highwater.core.Level;
import java.time.Duration;
import java.util.List;

/** What can happen to Postgres and to what stands on it. */
final class PostgresDrills {

    /** The agent asks for roles every second, and gives a server two. */
    private static final Duration ROLES = Duration.ofSeconds(3);

    /** Of tables; and a rate over a minute ends a little later than a minute. */
    private static final Duration WORK = Duration.ofSeconds(10 + 10);

    static final Drill<PostgresStack> NO_PRIMARY = Drill.<PostgresStack>of(
                    "PostgresNoPrimary",
                    "the primary is killed, no standby is promoted",
                    ROLES,
                    stack -> stack.servers().primary().kill(),
                    stack -> stack.servers().primary().start())
            .ages();

    static final List<Drill<PostgresStack>> ALL = List.of(
            NO_PRIMARY,
            Drill.of(
                    "PostgresMultiplePrimaries",
                    "a standby is promoted while the primary runs",
                    ROLES,
                    PostgresStack::partTheData,
                    PostgresStack::rebuildOthers),
            Drill.of(
                    "PostgresConnectionsExhausted",
                    "an application takes every connection that it can have",
                    Duration.ofSeconds(15),
                    PostgresStack::takeAllConnections,
                    PostgresStack::giveConnectionsBack),
            Drill.<PostgresStack>of(
                            "RpoExceeded",
                            "the network between the primary and its standbys is cut",
                            ROLES,
                            stack -> stack.servers().standbys().forEach(stack.servers()::cut),
                            stack -> stack.servers().standbys().forEach(stack.servers()::heal))
                    .more(Level::rpo),
            Drill.<PostgresStack>of(
                            "OutboxStalled",
                            "the outbox's only worker stops",
                            WORK,
                            stack -> stack.worker().pause(),
                            stack -> stack.worker().resume())
                    .ages(),
            Drill.<PostgresStack>of(
                            "ErrorBudgetBurningFast",
                            "the primary is restarted again and again, each time too shortly for another alert",
                            Duration.ofMinutes(3),
                            PostgresDrills::flap,
                            _ -> {})
                    .endsLate(),
            Drill.<PostgresStack>quiet(
                            "Postgres: a standby is lost",
                            "one of two standbys is killed",
                            stack -> stack.servers().standby().kill(),
                            stack -> stack.servers().standby().start())
                    .tickets("PostgresNodeDown"),
            Drill.<PostgresStack>quiet(
                            "Postgres: a failover in time",
                            "the primary is killed, a standby is promoted at once",
                            stack -> {
                                stack.servers().primary().kill();
                                stack.failOver();
                            },
                            PostgresStack::rebuildOthers)
                    .tickets("PostgresNodeDown"));

    private PostgresDrills() {}

    private static void flap(PostgresStack stack) {
        for (int i = 0; i < 6; i++) {
            stack.servers().primary().kill();
            Pause.of(Duration.ofSeconds(7));
            stack.servers().primary().start();
            Pause.of(Duration.ofSeconds(8));
        }
    }
}
