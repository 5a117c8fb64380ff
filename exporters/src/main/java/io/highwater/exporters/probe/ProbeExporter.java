// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import com.google.auto.service.AutoService;
import io.highwater.core.Availability;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Services as their users see them, each tried at a pace of its own. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class ProbeExporter implements Exporter<ProbeSettings> {

    private static final List<Family> FAMILIES = Stream.of(
                    ProbeFamilies.COMMON,
                    HttpFamilies.ALL,
                    JourneyFamilies.ALL,
                    TcpProber.FAMILIES,
                    TlsProber.FAMILIES,
                    VipProber.FAMILIES,
                    DnsFamilies.ALL,
                    ChainFamilies.ALL,
                    FileFamilies.ALL)
            .flatMap(List::stream)
            .distinct()
            .toList();

    @Override
    public String component() {
        return "probe";
    }

    @Override
    public Class<ProbeSettings> settings() {
        return ProbeSettings.class;
    }

    @Override
    public Family up() {
        return ProbeFamilies.SUCCESS;
    }

    /** How often and how long is said by each probe. */
    @Override
    public List<CollectorSpec> collectors() {
        var every = Duration.ofSeconds(5);
        return List.of(new CollectorSpec("probe", "the probe", Schedule.of(every, every), true, FAMILIES));
    }

    @Override
    public Schedule schedule(ProbeSettings settings, String node, CollectorSpec spec, Schedule configured) {
        return settings.plan(node).schedule(configured);
    }

    @Override
    public boolean seenFromOutside() {
        return true;
    }

    @Override
    public List<Family> derivedFamilies() {
        return Availability.FAMILIES;
    }

    @Override
    public Collection<String> nodes(ProbeSettings settings) {
        return settings.probes().keySet();
    }

    @Override
    public Session open(Target target, ProbeSettings settings) {
        return new ProbeSession(target, settings.plan(target.node()));
    }

    @Override
    public Derivation derivation(ProbeSettings settings) {
        return new ProbeView(settings);
    }
}
