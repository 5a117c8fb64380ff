// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ports for JVMs that run at the same time. */
class FreePortTest {

    private static Set<Integer> some(int share) {
        var ports = new HashSet<Integer>();
        for (int i = 0; i < 50; i++) {
            ports.add(FreePort.next(share));
        }
        return ports;
    }

    @Test
    void aShareIsApartFromTheOthersAndBelowTheKernelsOwnRange() {
        for (int share = 1; share <= 4; share++) {
            int first = 15_000 + (share - 1) * 4_250;
            assertThat(some(share)).hasSize(50).allMatch(port -> port >= first && port < first + 4_250);
        }
        assertThat(some(5)).as("there are four").allMatch(port -> port < 19_250);
        assertThat(some(0)).hasSize(50).allMatch(port -> port >= 15_000 && port < 32_000);
    }
}
