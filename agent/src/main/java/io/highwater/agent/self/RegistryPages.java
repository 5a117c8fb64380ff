// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.core.TextFormat;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A registry as text, rendered once a second at most: the library's rendering is too slow for each scrape. While the
 * agent starts it is rendered anew each time, or the first scrapes would miss what was just seen.
 */
final class RegistryPages {

    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Rendered(long atNanos, RegistryPage page) {}

    private final PrometheusMeterRegistry registry;
    private final BooleanSupplier started;
    private final Map<TextFormat, Rendered> rendered = new EnumMap<>(TextFormat.class);

    /** @param started false while first collections are awaited */
    RegistryPages(PrometheusMeterRegistry registry, BooleanSupplier started) {
        this.registry = registry;
        this.started = started;
    }

    byte[] render(TextFormat format, Set<String> names) {
        var page = page(format);
        return names.isEmpty() ? page.whole() : page.only(names);
    }

    private synchronized RegistryPage page(TextFormat format) {
        long now = System.nanoTime();
        var known = rendered.get(format);
        if (known != null && now - known.atNanos < KEEP_NANOS) {
            return known.page;
        }
        boolean toKeep = started.getAsBoolean(); // asked before the scrape, which may miss what comes later
        var fresh = new Rendered(now, new RegistryPage(scrape(format)));
        if (toKeep) {
            rendered.put(format, fresh);
        }
        return fresh.page;
    }

    private String scrape(TextFormat format) {
        var out = new ByteArrayOutputStream(16 * 1024);
        try {
            registry.scrape(out, format.contentType());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(UTF_8);
    }
}
