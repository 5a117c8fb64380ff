// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import java.util.List;
import java.util.Optional;

/**
 * What an autoscaler did at one look.
 *
 * @param current replicas that were asked for before
 * @param desired replicas that are asked for now
 * @param reason why they are others, for people; empty when they are not
 * @param assessments one of each metric in the order of the specification; empty when it did not ask them
 * @param conditions of its status now, some of them perhaps of an earlier look
 */
public record Result(
        int current, int desired, String reason, List<Assessment> assessments, List<Condition> conditions) {

    public Result {
        assessments = List.copyOf(assessments);
        conditions = List.copyOf(conditions);
    }

    public boolean rescaled() {
        return desired != current;
    }

    public Optional<Condition> condition(Condition.Type type) {
        return conditions.stream().filter(one -> one.type() == type).findFirst();
    }
}
