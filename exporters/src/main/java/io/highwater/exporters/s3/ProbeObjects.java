// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names of the probe's objects, which are made so that nothing else has such a name. */
final class ProbeObjects {

    private static final Pattern NAME = Pattern.compile("probe-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private ProbeObjects() {}

    static String newKey(String prefix) {
        return beginning(prefix) + UUID.randomUUID();
    }

    /** What all of them begin with, and little else does. */
    static String beginning(String prefix) {
        return prefix + "probe-";
    }

    /** Whether an agent may have made it, and another may remove it. */
    static boolean isOne(String prefix, String key) {
        return key.startsWith(prefix)
                && NAME.matcher(key.substring(prefix.length())).matches();
    }
}
