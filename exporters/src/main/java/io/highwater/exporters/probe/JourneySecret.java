// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Doc;
import io.highwater.core.Secret;

/** A secret that steps send. */
public record JourneySecret(@Doc("the secret") Secret value) {}
