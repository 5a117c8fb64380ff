// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.marcnuri.helm.Helm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The chart as it is handed out, and what of it Kubernetes has to keep. */
@ExtendWith(Cluster.class)
class PackageTest {

    /** What a client-side apply can keep in an annotation. */
    private static final int CONFIG_MAP_BYTES = 262_144;

    /** What Kubernetes keeps in a secret, in which Helm keeps the whole release. */
    private static final int SECRET_BYTES = 1_048_576;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void aPackedChartGivesWhatTheSourcesGive() {
        Chart.helm().packageIt().withDestination(folder).call();

        var packed = new Helm(folder.resolve("highwater-0.1.0.tgz"))
                .template()
                .withName("highwater")
                .withNamespace("monitoring")
                .withKubeVersion(Chart.KUBERNETES)
                .withValuesFile(Chart.example("prometheus"))
                .call();

        assertThat(Node.parseAll(packed)).isEqualTo(Chart.render("prometheus").objects());
    }

    @Test
    void eachDashboardIsAConfigMapForTheSidecarThatKubernetesTakes() throws IOException {
        var dashboards = Chart.render("prometheus").of("ConfigMap").stream()
                .filter(map ->
                        map.find("metadata", "labels", "grafana_dashboard").isPresent())
                .toList();

        try (var sources = Files.list(Chart.MODULE.resolveSibling("dashboards/json"))) {
            assertThat(dashboards)
                    .flatExtracting(map -> map.at("data").entries().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            sources.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".json"))
                                    .toList());
        }
        assertThat(dashboards).allSatisfy(map -> {
            assertThat(map.at("metadata", "labels", "grafana_dashboard").value())
                    .isEqualTo("1");
            assertThat(map.at("metadata", "annotations", "grafana_folder").value())
                    .isEqualTo("Highwater");
            for (var dashboard : map.at("data").entries().entrySet()) {
                var source = Chart.MODULE.resolveSibling("dashboards/json").resolve(dashboard.getKey());
                assertThat(dashboard.getValue().text().strip())
                        .isEqualTo(Files.readString(source).strip());
            }
            assertThat(new Gson().toJson(map.value()).getBytes(UTF_8)).hasSizeLessThan(CONFIG_MAP_BYTES);
        });
    }

    /** A release is its chart and its manifest as JSON, packed, in base64. */
    @Test
    void aReleaseWithEverythingFitsASecret() throws IOException {
        var files = new ArrayList<Map<String, String>>();
        try (var all = Files.walk(Chart.DIRECTORY, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var content = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
                files.add(Map.of("name", file.toString(), "data", content));
            }
        }
        var release = new LinkedHashMap<String, Object>();
        release.put("chart", files);
        release.put(
                "manifest",
                Chart.render("full").objects().stream()
                        .map(object -> new Gson().toJson(object.value()))
                        .toList());

        assertThat(Base64.getEncoder().encode(packed(new Gson().toJson(release))))
                .hasSizeLessThan(SECRET_BYTES * 3 / 4);
    }

    private static byte[] packed(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void theMetadataIsWhatArtifactHubReads() throws IOException {
        var metadata = Node.parse(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")));

        assertThat(metadata.at("annotations").entries())
                .containsKeys("artifacthub.io/category", "artifacthub.io/license", "artifacthub.io/changes");
        assertThat(Node.parse(metadata.at("annotations", "artifacthub.io/changes")
                                .text())
                        .items())
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.at("kind").text())
                        .isIn(List.of("added", "changed", "deprecated", "removed", "fixed", "security")));
    }
}
