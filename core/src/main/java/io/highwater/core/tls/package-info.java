// SPDX-License-Identifier: Apache-2.0
/** TLS from PEM files, for those who connect and for those who listen. */
@NullMarked
package io.highwater.core.tls;

import org.jspecify.annotations.NullMarked;
