// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.scaler.ObjectReference;
import io.highwater.scaler.kube.client.Json;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kubernetes' own clients, straight at the server: kubectl and the one for Node.js. */
@Timeout(180)
class ClientsTest {

    private static final String DEPTH = "/apis/external.metrics.k8s.io/v1beta1/namespaces/shop/depth";

    @TempDir
    private static Path folder;

    private static Running running;
    private static Path kubeconfig;

    private record Ended(int code, String output, String errors) {}

    @BeforeAll
    static void start() throws Exception {
        running = Running.start(
                folder,
                new ScriptedMetrics()
                        .with(
                                "depth",
                                ScriptedMetrics.numbers(ScriptedMetrics.value(Map.of("queue", "plan"), 1.5)),
                                new ObjectReference("shop", "services", "web")));
        running.apiServer.tokens.put("good", "jane");
        kubeconfig = Files.writeString(
                folder.resolve("straight"), """
                apiVersion: v1
                kind: Config
                current-context: here
                contexts: [{name: here, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "https://localhost:%d", certificate-authority: ca.crt}}]
                users: [{name: u, user: {token: good}}]
                """.formatted(running.server.uri().getPort()));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void kubectlListsTheApis() throws Exception {
        Ended versions = kubectl("api-versions");
        assertThat(versions.errors).isEmpty();
        assertThat(versions.output.lines())
                .containsExactly(
                        "custom.metrics.k8s.io/v1beta1",
                        "custom.metrics.k8s.io/v1beta2",
                        "external.example.org/v1beta1",
                        "external.metrics.k8s.io/v1beta1");

        Ended resources = kubectl("api-resources", "--no-headers");
        assertThat(resources.errors).isEmpty();
        assertThat(resources.output).contains("externalmetrics", "custommetrics", "ExternalMetricValueList");
    }

    @Test
    void kubectlReadsValuesAndErrors() throws Exception {
        assertThat(json(kubectl("get", "--raw", DEPTH + "?labelSelector=queue%3Dplan"))
                        .at("items")
                        .elements())
                .singleElement()
                .satisfies(item -> assertThat(item.at("value").text()).contains("1500m"));
        Ended absent = kubectl("get", "--raw", DEPTH + "s");
        assertThat(absent.code).isEqualTo(1);
        assertThat(absent.errors)
                .isEqualTo("Error from server (NotFound): there is no metric \"depths\"; did you mean \"depth\"?\n");
    }

    @Test
    void theClientForNodeDiscoversAndReads() throws Exception {
        Path program = folder.resolve("read.mjs");
        try (InputStream source = ClientsTest.class.getResourceAsStream("/read-external-metric.mjs")) {
            Files.write(program, source.readAllBytes());
        }
        Json read = json(run("node", program.toString(), tool("kubernetes-client-1"), kubeconfig.toString()));

        assertThat(read.at("groups").texts())
                .containsExactly("external.metrics.k8s.io", "external.example.org", "custom.metrics.k8s.io");
        assertThat(read.at("resources").texts()).containsExactly("externalmetrics");
        assertThat(read.at("external", "items").elements())
                .singleElement()
                .satisfies(item ->
                        assertThat(item.at("metricLabels", "queue").text()).contains("plan"));
        assertThat(read.at("custom", "items").elements())
                .singleElement()
                .satisfies(item ->
                        assertThat(item.at("describedObject", "kind").text()).contains("Service"));
        assertThat(read.at("absent").whole()).hasValue(404);
    }

    private static Ended kubectl(String... arguments) throws Exception {
        return run(Stream.concat(
                        Stream.of(
                                tool("kubectl"),
                                "--kubeconfig=" + kubeconfig,
                                "--cache-dir=" + folder.resolve("cache"),
                                "--request-timeout=30s"),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static Ended run(String... command) throws Exception {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private static Json json(Ended program) throws Exception {
        assertThat(program.code).as(program.errors).isZero();
        return Json.read(program.output.getBytes(UTF_8));
    }

    private static String tool(String name) {
        Path tool = Path.of(String.valueOf(System.getProperty("highwater.lab.tools")), name);
        assertThat(tool).as("brought by scripts/tools").exists();
        return tool.toString();
    }
}
