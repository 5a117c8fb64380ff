// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Helm itself has nothing to say against the chart. */
@ExtendWith(Cluster.class)
class LintTest {

    static Stream<Path> examples() {
        return Chart.examples().stream();
    }

    @Test
    void theChartIsLinted() {
        var result = Chart.helm().lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleRenders(Path values) {
        var rendered = Chart.render(List.of(values));

        assertThat(rendered.objects())
                .extracting(object -> object.at("kind").text())
                .contains("Deployment", "Service", "ServiceAccount", "PodDisruptionBudget");
        assertThat(rendered.objects())
                .extracting(object ->
                        object.at("kind").text() + object.find("metadata", "namespace") + object.at("metadata", "name"))
                .as("names")
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleSaysWhatToDoNext(Path values) {
        assertThat(Chart.notes(values))
                .contains("kubectl --namespace monitoring port-forward service/highwater")
                .doesNotContain("%!", "<nil>", "<no value>");
    }

    @Test
    void withoutAConfigurationItSaysHowOneLooks() {
        assertThatThrownBy(() -> Chart.render(List.of()))
                .hasMessageContaining("config: write what to watch")
                .hasMessageContaining("existingConfigMap.name");
    }
}
