// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of tests that is skipped, with a line that says what to do, where there is no control plane to start. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ControlPlaneCondition.class)
public @interface NeedsControlPlane {

    /** Whether KEDA is needed, too. */
    boolean keda() default false;
}
