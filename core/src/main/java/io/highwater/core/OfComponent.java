// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What another component of the same cluster has too, such as servers and how to connect to them. In the configuration,
 * the name of a component may stand for the keys: those of the same names are taken from there. When a record has such
 * keys and none of them is written, the first whose component is in the cluster is taken from there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OfComponent {
    /** The component, as in the configuration. */
    String value();
}
