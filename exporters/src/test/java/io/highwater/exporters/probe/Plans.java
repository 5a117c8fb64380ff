// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.time.Duration;
import java.util.Optional;

/** Plans of one prober each. */
final class Plans {

    private Plans() {}

    static ProbePlan of(ProberSettings prober, Duration interval, Duration timeout) {
        return new ProbePlan(
                only(HttpSettings.class, prober),
                only(JourneySettings.class, prober),
                only(TcpSettings.class, prober),
                only(TlsSettings.class, prober),
                only(VipSettings.class, prober),
                only(DnsSettings.class, prober),
                only(ChainSettings.class, prober),
                only(FileProbeSettings.class, prober),
                interval,
                timeout,
                Optional.empty());
    }

    private static <S> Optional<S> only(Class<S> kind, ProberSettings prober) {
        return Optional.of(prober).filter(kind::isInstance).map(kind::cast);
    }
}
