// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart as it is in the sources, and what Helm makes of it. */
final class Chart {

    static final Path MODULE = Path.of(System.getProperty("project.root", "..")).resolve("helm");

    static final Path DIRECTORY = MODULE.resolve("highwater");

    static final String KUBERNETES = "1.34.0";

    private Chart() {}

    static Helm helm() {
        return new Helm(DIRECTORY);
    }

    /** The files of values beside the chart, by which it is tried and from which people start. */
    static List<Path> examples() {
        try (var files = Files.list(DIRECTORY.resolve("ci"))) {
            return files.filter(file -> file.toString().endsWith("-values.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path example(String name) {
        return DIRECTORY.resolve("ci").resolve(name + "-values.yaml");
    }

    /** What an example gives with these values on top of it, in YAML. */
    static Rendered render(String example, String... more) {
        var values = Stream.of(more).map(Chart::temporary).toList();
        try {
            return render(
                    Stream.concat(Stream.of(example(example)), values.stream()).toList());
        } finally {
            values.forEach(file -> file.toFile().delete());
        }
    }

    static Rendered render(List<Path> values) {
        return render(values, KUBERNETES);
    }

    static Rendered render(List<Path> values, String kubernetes) {
        var command = helm().template()
                .withName("highwater")
                .withNamespace("monitoring")
                .withKubeVersion(kubernetes);
        values.forEach(command::withValuesFile);
        return new Rendered(Node.parseAll(command.call()));
    }

    /** What is said to who installs it. */
    static String notes(Path values) {
        return helm().install()
                .withName("highwater")
                .withNamespace("monitoring")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .dryRun()
                .clientOnly()
                .withDryRunOption(DryRun.CLIENT)
                .call()
                .getOutput();
    }

    private static Path temporary(String values) {
        try {
            return Files.writeString(Files.createTempFile("values", ".yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
