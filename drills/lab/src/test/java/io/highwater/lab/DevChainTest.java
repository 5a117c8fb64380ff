// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DevChainTest {

    @Test
    void makesBlocksWhileItRuns() {
        try (var chain = DevChain.start()) {
            chain.mine(2);

            chain.kill();

            assertThatThrownBy(() -> chain.mine(1)).isInstanceOf(LabException.class);
            assertThat(FreePort.isFree(chain.port())).isTrue();
        }
    }
}
