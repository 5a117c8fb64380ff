// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import io.highwater.core.Doc;
import java.util.regex.Pattern;

/** Where a server or Sentinel listens. */
public record Address(@Doc("host:port") String address) {

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:/@\\s]+)(?::(\\d{1,5}))?");

    public Address {
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "address: write host:port, without user, password or database; IPv6 as [::1]:6379");
        }
    }

    public String host() {
        var matcher = ADDRESS.matcher(address);
        return matcher.matches() ? matcher.group(1).replaceAll("[\\[\\]]", "") : address;
    }

    public int port(int otherwise) {
        var matcher = ADDRESS.matcher(address);
        return matcher.matches() && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : otherwise;
    }
}
