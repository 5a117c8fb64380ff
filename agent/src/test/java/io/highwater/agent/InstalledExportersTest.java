// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.Exporter;
import io.highwater.core.Family;
import org.junit.jupiter.api.Test;

class InstalledExportersTest {

    @Test
    void findsThemOnTheClassPath() {
        assertThat(InstalledExporters.load()).extracting(Exporter::component).contains("postgres");
    }

    @Test
    void namesOfTheAgentsOwnFamiliesAreReserved() {
        assertThat(InstalledExporters.load().getFirst().families()).noneMatch(InstalledExporters::isReserved);
        assertThat(InstalledExporters.isReserved(Family.gauge("highwater_depth", "How deep it is.")))
                .isTrue();
        assertThat(InstalledExporters.isReserved(Family.gauge("process_depth", "How deep it is.")))
                .isTrue();
        assertThatThrownBy(() -> InstalledExporters.refuseReserved("river", Family.gauge("jvm_depth", "How deep.")))
                .hasMessage("exporter river declares jvm_depth, but such names are the agent's own");
    }
}
