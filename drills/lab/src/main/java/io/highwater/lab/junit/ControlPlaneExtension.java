// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import io.highwater.lab.ControlPlane;
import io.highwater.lab.ControlPlanePlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Kubernetes control plane for all tests of one class, which is to be {@link NeedsControlPlane}.
 *
 * {@snippet :
 * @RegisterExtension
 * static final ControlPlaneExtension kubernetes = new ControlPlaneExtension(ControlPlane.plan());
 * }
 */
public final class ControlPlaneExtension implements BeforeAllCallback, AfterAllCallback {

    private final ControlPlanePlan plan;
    private @Nullable ControlPlane plane;

    public ControlPlaneExtension(ControlPlanePlan plan) {
        this.plan = plan;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        plane = plan.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (plane != null) {
            plane.close();
            plane = null;
        }
    }

    public ControlPlane plane() {
        if (plane == null) {
            throw new IllegalStateException("the control plane runs only during tests: make the field static");
        }
        return plane;
    }
}
