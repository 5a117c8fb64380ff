// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.core.Exporter;
import io.highwater.core.Family;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The exporters on the class path. */
public final class InstalledExporters {

    /** How the names of the agent's own families begin. */
    private static final List<String> RESERVED = List.of("highwater_", "jvm_", "process_");

    private InstalledExporters() {}

    /** All of them, by component; an exporter that declares a family of the agent's own is a mistake in the build. */
    public static List<Exporter<?>> load() {
        var exporters = ServiceLoader.load(Exporter.class).stream()
                .<Exporter<?>>map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Exporter::component))
                .toList();
        exporters.forEach(
                exporter -> exporter.families().forEach(family -> refuseReserved(exporter.component(), family)));
        return exporters;
    }

    static void refuseReserved(String component, Family family) {
        if (isReserved(family)) {
            throw new IllegalStateException(
                    "exporter " + component + " declares " + family.name() + ", but such names are the agent's own");
        }
    }

    static boolean isReserved(Family family) {
        return RESERVED.stream().anyMatch(family.name()::startsWith);
    }
}
