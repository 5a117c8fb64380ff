// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A job of BullMQ that waits for other ones, which may wait for others again. */
public record JobFlow(String queue, Job job, List<JobFlow> children) {

    public JobFlow {
        children = List.copyOf(children);
    }

    public static JobFlow of(String queue, Job job) {
        return new JobFlow(queue, job, List.of());
    }

    public JobFlow child(JobFlow child) {
        return new JobFlow(
                queue, job, Stream.concat(children.stream(), Stream.of(child)).toList());
    }

    Map<String, Object> tree() {
        return Map.of(
                "queueName", queue,
                "name", job.name(),
                "data", job.data(),
                "opts", job.options(),
                "children", children.stream().map(JobFlow::tree).toList());
    }
}
