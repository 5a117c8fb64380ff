// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.highwater.rules;

import org.jspecify.annotations.NullMarked;
