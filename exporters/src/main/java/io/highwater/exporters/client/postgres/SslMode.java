// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.postgres;

import java.util.Locale;

/** How far TLS is asked for, in libpq's words. */
public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
