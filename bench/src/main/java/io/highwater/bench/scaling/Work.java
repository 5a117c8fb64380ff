// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import io.highwater.lab.Job;
import io.highwater.lab.JobQueue;
import io.highwater.lab.NatsCluster;
import io.highwater.lab.PostgresServer;

/** Something for one policy to scale by: a consumer, a queue, or a table, with nothing to do at first. */
sealed interface Work {

    /** One more thing to do. */
    void add();

    /** Nothing more to do. */
    void finish();

    /** So many things more to do. */
    default void add(int count) {
        for (int i = 0; i < count; i++) {
            add();
        }
    }

    /** The only consumer of a stream, whose name is that of the subject, too. */
    record Consumer(NatsCluster nats, String stream) implements Work {

        @Override
        public void add() {
            nats.client().publish(stream + ".new", "work");
        }

        @Override
        public void finish() {
            for (int left = left(); left > 0; left = left()) {
                nats.client().fetchAndAck(stream, Backends.WORKER, left);
            }
        }

        private int left() {
            return (int) nats.client().consumerInfo(stream, Backends.WORKER).getNumPending();
        }
    }

    /** A queue of BullMQ, on which nobody works. */
    record Queue(JobQueue queue) implements Work {

        @Override
        public void add() {
            queue.add(Job.quick());
        }

        @Override
        public void finish() {
            queue.drain();
        }
    }

    /** A table of work that notifies a channel of its name. */
    record Table(PostgresServer server, String name) implements Work {

        @Override
        public void add() {
            server.execute("INSERT INTO " + name + " (team, payload) VALUES ('one', 'work')");
        }

        @Override
        public void finish() {
            server.execute("UPDATE " + name + " SET processed_at = now() WHERE processed_at IS NULL");
        }
    }
}
