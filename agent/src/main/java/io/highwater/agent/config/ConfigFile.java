// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Exporter;
import io.highwater.scaler.signal.Origins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configuration as files: the one that the user names and those that it includes. */
public final class ConfigFile {

    private final Problems problems = new Problems();
    private final Binder binder;
    private final ClusterBinder clusters;
    private final ScalingBinder scaling;
    private final Deque<Path> waiting = new ArrayDeque<>();
    private final Set<Path> known = new HashSet<>();
    private final List<Path> files = new ArrayList<>();

    private ConfigFile(Collection<? extends Exporter<?>> exporters, Map<String, String> environment) {
        binder = new Binder(problems, new Secrets(environment, problems));
        clusters = new ClusterBinder(new Exporters(exporters, problems), binder, problems);
        scaling = new ScalingBinder(new Origins(exporters), problems);
    }

    /**
     * Reads the file and all that it includes.
     *
     * @param exporters all that there are, also those that the file does not use
     * @throws ConfigException if anything at all is wrong; it tells everything that is
     */
    public static Config load(Path file, Collection<? extends Exporter<?>> exporters, Map<String, String> environment)
            throws ConfigException {
        return new ConfigFile(exporters, environment).load(file);
    }

    private Config load(Path main) throws ConfigException {
        enqueue(main);
        while (!waiting.isEmpty()) {
            read(waiting.remove());
        }
        if (problems.isEmpty() && clusters.plans().isEmpty()) {
            problems.add(Place.of(main.toString()), "no cluster is configured", "write one below clusters:");
        }
        scaling.check(clusters.plans());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.list());
        }
        return new Config(clusters.plans(), scaling.signals(), scaling.policies(), files);
    }

    private void read(Path file) {
        files.add(file);
        var place = Place.of(file.toString());
        try {
            new YamlReader(problems).read(TextFile.read(file), place).ifPresent(this::bind);
        } catch (IOException e) {
            problems.add(place, String.valueOf(e.getMessage()));
        }
    }

    private void bind(Yaml document) {
        if (document instanceof Yaml.Nothing(Place place)) {
            problems.add(place, "is empty", "write clusters: with a cluster below it");
            return;
        }
        var mapping = Yaml.Mapping.of(document);
        binder.bind(FileSettings.class, document, List.of("clusters")).ifPresent(settings -> {
            settings.vantage()
                    .ifPresent(
                            vantage -> clusters.vantage(mapping.get("vantage").place(), vantage));
            settings.include().forEach(pattern -> include(mapping.get("include").place(), pattern));
            scaling.add(mapping, settings);
        });
        clusters.bind(mapping.get("clusters"));
    }

    private void include(Place place, String pattern) {
        try {
            var found = Globs.files(Path.of(place.file()), pattern);
            if (found.isEmpty()) {
                problems.add(place, "no file matches \"" + pattern + "\"");
            }
            found.forEach(this::enqueue);
        } catch (IllegalArgumentException _) {
            problems.add(place, "\"" + pattern + "\" is no pattern for files");
        } catch (IOException | UncheckedIOException e) {
            problems.add(place, "cannot look for \"" + pattern + "\": " + e.getMessage());
        }
    }

    /** A file that includes itself, or that two patterns match, is read once. */
    private void enqueue(Path file) {
        if (known.add(real(file))) {
            waiting.add(file);
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            return file.toAbsolutePath().normalize();
        }
    }
}
