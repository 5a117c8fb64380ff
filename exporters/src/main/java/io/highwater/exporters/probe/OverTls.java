// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.Locale;

/** Whether the last answer is to have come over TLS. */
enum OverTls {
    ANY,
    REQUIRED,
    FORBIDDEN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean allows(boolean tls) {
        return this == ANY || tls == (this == REQUIRED);
    }
}
