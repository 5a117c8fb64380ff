// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.Test;

class DnsServerTest {

    @Test
    @SuppressWarnings("JdkObsolete") // JNDI takes no other map
    void knowsWhatItIsTold() throws Exception {
        try (var server = DnsServer.start("--host-record=shop.example,192.0.2.7")) {
            var settings = new Hashtable<String, String>();
            settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
            settings.put(Context.PROVIDER_URL, "dns://" + server.address());
            var dns = new InitialDirContext(settings);
            try {
                var answer = dns.getAttributes("shop.example", new String[] {"A"});

                assertThat(answer.get("A").get()).isEqualTo("192.0.2.7");
            } finally {
                dns.close();
            }
        }
    }
}
