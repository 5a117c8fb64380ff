// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SitesTest {

    private static final Pattern CERTIFICATE = Pattern.compile("BEGIN CERTIFICATE");

    @Test
    void makesCertificatesWithTheirFlaws() {
        try (var sites = Sites.create()) {
            var now = Instant.now();

            assertThat(sites.site(Site.Flaw.NONE).expires()).isAfter(now.plus(Duration.ofHours(20)));
            assertThat(sites.site(Site.Flaw.EXPIRES_SOON).expires()).isBetween(now, now.plus(Duration.ofHours(1)));
            assertThat(sites.site(Site.Flaw.EXPIRED).expires()).isBefore(now.minus(Duration.ofHours(20)));
            assertThat(certificates(sites.site(Site.Flaw.NONE))).isEqualTo(2);
            assertThat(certificates(sites.site(Site.Flaw.BROKEN_CHAIN))).isEqualTo(1);
            assertThat(sites.site(Site.Flaw.NONE)).isSameAs(sites.site(Site.Flaw.NONE));
            assertThat(sites.clientCertificate()).content().startsWith("-----BEGIN CERTIFICATE-----\n");
            assertThat(sites.clientKey()).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
        }
    }

    private static long certificates(Site site) {
        return CERTIFICATE.matcher(site.chain()).results().count();
    }
}
