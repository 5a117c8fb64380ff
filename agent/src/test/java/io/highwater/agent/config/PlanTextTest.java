// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTextTest {

    @Test
    void defaultsIncludedSecretsNot(@TempDir Path path) throws Exception {
        var config = new Directory(path).with("pass", "s3same").load("""
                clusters:
                  "12":
                    level: L2
                    labels: {motto: 'say "no"', "on": "true"}
                    depot:
                      nodes: {north: "north:1", south: {address: "south:1", side: back}}
                      user: watcher
                      passwordFile: pass
                      collectors: {stock: {enabled: false}}
                """);

        assertThat(PlanText.describe(config.plans().getFirst()).replace(path + "/", ""))
                .isEqualTo("""
                clusters:
                  "12":
                    level: L2
                    labels:
                      motto: "say \\"no\\""
                      on: "true"
                    depot:
                      nodes:
                        north: {address: north:1, side: front}
                        south: {address: south:1, side: back}
                      user: watcher
                      password: "***" # file pass
                      patience: 5s
                      kinds: [goods, people]
                      collectors:
                        pulse: {interval: 15s, timeout: 5s, maxAge: 20s, maxSeries: 2000}
                        stock: {enabled: false}
                        theft: {enabled: false}
                """);
    }
}
