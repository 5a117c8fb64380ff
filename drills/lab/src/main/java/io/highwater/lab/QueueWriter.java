// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.time.Duration;

/** A client that adds one job after the other to a queue at a steady pace. It goes on until it is closed. */
public final class QueueWriter implements AutoCloseable {

    private static final Duration REST = Duration.ofMillis(50);

    private final JobQueue queue;
    private final Job job;
    private final int perSecond;
    private final Background background;

    private QueueWriter(JobQueue queue, Job job, int perSecond) {
        this.queue = queue;
        this.job = job;
        this.perSecond = perSecond;
        this.background = Background.repeating("writer-" + queue.name(), this::writeUntilFailure);
    }

    /** Begins to add jobs. */
    public static QueueWriter start(JobQueue queue, Job job, int perSecond) {
        return new QueueWriter(queue, job, perSecond);
    }

    private void writeUntilFailure() throws InterruptedException {
        try {
            for (var pace = new Pace(perSecond); ; pace.awaitNext()) {
                queue.add(job);
            }
        } catch (LabException e) {
            Thread.sleep(REST); // closed, which this says, or there is no answer now
        }
    }

    @Override
    public void close() {
        background.close();
    }
}
