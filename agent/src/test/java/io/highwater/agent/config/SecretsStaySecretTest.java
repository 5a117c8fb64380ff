// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret's value is in nothing that is printed, also when a user writes it where it does not belong. */
class SecretsStaySecretTest {

    private static final String VALUE = "hunter2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: hunter2",
                "password: {value: hunter2}",
                "passwordFile: hunter2",
                "passwordEnv: hunter2",
                "passwordFile: {hunter2: x}",
                "passwrd: hunter2",
                "password: *hunter2",
                "password: !hunter2",
                "password: !hunter2!x y",
                "password: @hunter2",
                "password: 'hunter2",
                "password: hunter2: x",
                "password: [hunter2",
                "user: {hunter2: x}",
                "kinds: 'nats://watcher:hunter2@north:1'",
            })
    void inNoMessage(String line, @TempDir Path path) {
        var refusal = new Directory(path).refusal("""
                clusters:
                  harbour:
                    depot:
                      nodes: {north: "north:1"}
                      user: watcher
                      %s
                """.formatted(line));

        assertThat(refusal).contains("highwater.yaml:6:").doesNotContain(VALUE);
    }

    @Test
    void theMessageTellsWhatToWrite(@TempDir Path path) {
        assertThat(new Directory(path).refusal("clusters: {harbour: {gate: {token: hunter2}}}"))
                .isEqualTo(
                        "highwater.yaml:1:29: clusters.harbour.gate.token: write tokenFile: or tokenEnv:, never the secret itself");
        assertThat(new Directory(path).refusal("clusters: {harbour: {gate: hunter2}}"))
                .isEqualTo(
                        "highwater.yaml:1:22: clusters.harbour.gate: expected keys with values; known: tokenFile, tokenEnv, collectors");
    }

    @Test
    void inNothingThatIsLoaded(@TempDir Path path) throws Exception {
        var config = new Directory(path).with("pass", VALUE).load("""
                clusters:
                  harbour:
                    depot: {nodes: {north: "north:1"}, user: watcher, passwordFile: pass}
                    gate: {tokenEnv: GATE_TOKEN}
                """);

        assertThat(config.toString()).contains("***").doesNotContain(VALUE, "t0ken");
        assertThat(config.plans())
                .allSatisfy(plan ->
                        assertThat(PlanText.describe(plan)).contains("***").doesNotContain(VALUE, "t0ken"));
    }
}
