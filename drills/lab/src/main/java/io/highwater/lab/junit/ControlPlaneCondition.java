// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.ControlPlaneBinaries;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** {@link NeedsControlPlane} at work. */
final class ControlPlaneCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var needs = AnnotationSupport.findAnnotation(context.getElement(), NeedsControlPlane.class);
        if (needs.isEmpty()) { // a method of the class
            return ConditionEvaluationResult.enabled("");
        }
        return ControlPlaneBinaries.missing(needs.get().keda())
                .map(what -> {
                    System.out.println("Skipped " + context.getDisplayName() + ": " + what);
                    return ConditionEvaluationResult.disabled(what);
                })
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is a control plane"));
    }
}
