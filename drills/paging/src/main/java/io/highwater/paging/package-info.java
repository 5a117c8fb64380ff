// SPDX-License-Identifier: Apache-2.0
/** Failures that are made on purpose, to prove what people are told of them and how soon. */
@NullMarked
package io.highwater.paging;

import org.jspecify.annotations.NullMarked;
