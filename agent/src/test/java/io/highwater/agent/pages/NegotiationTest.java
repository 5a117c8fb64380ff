// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.web.Request;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                       | false
                    gzip                     | true
                    deflate, gzip            | true
                    GZIP                     | true
                    x-gzip                   | true
                    gzip;q=0                 | false
                    gzip; q=0.0              | false
                    gzip;q=0.1               | true
                    gzip;level=1;q=0         | false
                    gzip;q=nonsense          | false
                    identity                 | false
                    *                        | true
                    *;q=0                    | false
                    gzip;q=0, *              | false
                    *;q=0, gzip              | true
                    """)
    void gzipIsForThoseWhoTakeIt(String header, boolean expected) {
        var request = new Request(
                "GET",
                "/metrics",
                "/metrics",
                Map.of(),
                Map.of("accept-encoding", List.of(header)),
                InetSocketAddress.createUnresolved("localhost", 1),
                List.of());
        assertThat(Negotiation.takesGzip(request)).isEqualTo(expected);
    }
}
