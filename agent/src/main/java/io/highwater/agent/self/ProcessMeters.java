// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process, by the names that Prometheus' client libraries have in every language, so that dashboards for "any
 * process" show the agent too. Micrometer's own names differ. What the system does not tell is absent.
 */
final class ProcessMeters {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMeters() {}

    static void bind(MeterRegistry registry) {
        Gauge.builder(
                        "process.start.time",
                        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3)
                .baseUnit("seconds")
                .description("When the process started.")
                .register(registry);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, it -> it.getProcessCpuTime() / 1e9)
                    .baseUnit("seconds")
                    .description("Processor time that the process has used.")
                    .register(registry);
            Gauge.builder("process.open.fds", system::getOpenFileDescriptorCount)
                    .description("Open file descriptors.")
                    .register(registry);
            Gauge.builder("process.max.fds", system::getMaxFileDescriptorCount)
                    .description("The most file descriptors that may be open.")
                    .register(registry);
        }
        if (Files.isReadable(STATUS)) {
            Gauge.builder("process.resident.memory", () -> kilobytes("VmRSS:") * 1024)
                    .baseUnit("bytes")
                    .description("Memory that the process holds.")
                    .register(registry);
            Gauge.builder("process.virtual.memory", () -> kilobytes("VmSize:") * 1024)
                    .baseUnit("bytes")
                    .description("Address space that the process has asked for.")
                    .register(registry);
        }
    }

    /** A line of {@code /proc/self/status}: {@code VmRSS:     84212 kB}. */
    private static long kilobytes(String key) {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(
                            line.substring(key.length()).replace("kB", "").strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
