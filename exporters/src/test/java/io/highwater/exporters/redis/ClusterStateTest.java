// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.exporters.client.redis.Fields;
import org.junit.jupiter.api.Test;

class ClusterStateTest {

    @Test
    void aClusterIsReadFromItsLines() {
        var state = ClusterState.parse(Fields.ofInfo("cluster_current_epoch:7\r\n"), """
                        aa 127.0.0.1:7001@17001 myself,master - 0 0 1 connected 0-5460 5462 [5461->-bb]
                        bb 127.0.0.1:7002@17002 master,fail? - 0 1 2 connected 5461
                        cc 127.0.0.1:7003@17003,host slave aa 0 1 1 connected
                        dd :0 master,fail,noaddr - 1 1 0 disconnected
                        """);
        assertThat(state.epoch()).isEqualTo(7);
        assertThat(state.members()).extracting(ClusterState.Member::id).containsExactly("aa", "bb", "cc");
        assertThat(state.members().get(0).ranges()).containsExactlyInAnyOrder("0-5460", "5462");
        assertThat(state.members().get(0).self()).isTrue();
        assertThat(state.members().get(1).failing()).isTrue();
        assertThat(state.members().get(2).master()).isEqualTo("aa");
        assertThat(state.members().get(2).ownsSlots()).isFalse();
    }
}
