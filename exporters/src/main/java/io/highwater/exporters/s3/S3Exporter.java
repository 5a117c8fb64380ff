// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import com.google.auto.service.AutoService;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Derivation;
import io.highwater.core.Exporter;
import io.highwater.core.Family;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Any S3 store, as its users see it: through its endpoints, one by one, and through what stands in front of them. */
@SuppressWarnings("rawtypes") // A service is found by its raw class.
@AutoService(Exporter.class)
public final class S3Exporter implements Exporter<S3Settings> {

    static final String COMPONENT = "s3";
    static final String PULSE = "probe";

    private static final List<CollectorSpec> COLLECTORS = List.of(
            new CollectorSpec(
                    PULSE,
                    "writes, reads and deletes an object; with readOnly it reads alone",
                    Schedule.of(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                    true,
                    S3Families.OF_PROBE),
            new CollectorSpec(
                    "posture",
                    "how buckets are set up",
                    Schedule.of(Duration.ofSeconds(60), Duration.ofSeconds(10)),
                    true,
                    List.of()),
            new CollectorSpec(
                    "leftovers",
                    "removes objects that killed agents left",
                    Schedule.of(Duration.ofMinutes(5), Duration.ofSeconds(30)),
                    true,
                    S3Families.OF_LEFTOVERS));

    private final InstantSource clock;

    public S3Exporter() {
        this(InstantSource.system());
    }

    /** @param clock that requests are signed by, and the store's is compared with */
    S3Exporter(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String component() {
        return COMPONENT;
    }

    @Override
    public Class<S3Settings> settings() {
        return S3Settings.class;
    }

    @Override
    public Family up() {
        return S3Families.UP;
    }

    @Override
    public List<CollectorSpec> collectors() {
        return COLLECTORS;
    }

    @Override
    public boolean seenFromOutside() {
        return true;
    }

    @Override
    public List<Family> derivedFamilies() {
        return S3Families.DERIVED;
    }

    @Override
    public Collection<String> nodes(S3Settings settings) {
        return settings.endpoints().keySet();
    }

    @Override
    public Session open(Target target, S3Settings settings) {
        return new S3Session(target, settings, clock);
    }

    @Override
    public Derivation derivation(S3Settings settings) {
        return new S3View(settings);
    }
}
