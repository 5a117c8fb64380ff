// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

    private final String reference = ConfigReference.markdown("clusters: {}\n", List.of(Gate.GATE, new Depot()));

    @Test
    void startsWithAnExample() {
        assertThat(reference).startsWith("# The configuration\n").contains("```yaml\nclusters: {}\n```\n");
    }

    @Test
    void hasTheKeysThatAllExportersShare() {
        assertThat(reference)
                .contains("| `clusters.<name>.level` | one of L1, L2, L3 |  | the objectives of the cluster |\n")
                .contains("| `clusters.<name>.labels` | names, each with text | `{}` | labels that")
                .contains(
                        "| `collectors.<collector>.interval` | a duration such as 500ms, 5s or 1h30m |  | from the start");
    }

    @Test
    void hasEveryKeyOfAnExporter() {
        assertThat(reference.substring(reference.indexOf("## depot"))).isEqualTo("""
                ## depot

                | key | value | when absent | meaning |
                |---|---|---|---|
                | `nodes` | names, each with its address, or keys | **refused** | where the nodes are |
                | `nodes.<name>.address` | text | **refused** | host:port |
                | `nodes.<name>.side` | one of front, back | `front` | which side |
                | `user` | text | **refused** | who asks |
                | `passwordFile` | a path |  | the user's password: the file that holds it |
                | `passwordEnv` | text |  | the user's password: the environment variable that holds it |
                | `patience` | a duration such as 500ms, 5s or 1h30m | `5s` | how long a connection may take |
                | `kinds` | list, each text | `[goods, people]` | what is counted |

                | collector | collects | interval | timeout | maxAge | maxSeries | on |
                |---|---|---|---|---|---|---|
                | `pulse` | whether it answers | 15s | 5s | 20s | 2000 | yes |
                | `stock` | what is on the shelves | 15s | 5s | 20s | 2000 | yes |
                | `theft` | what is missing | 15s | 5s | 20s | 2000 | no |

                ## gate

                | key | value | when absent | meaning |
                |---|---|---|---|
                | `tokenFile` | a path | **refused**, unless the other is given | token: the file that holds it |
                | `tokenEnv` | text | **refused**, unless the other is given | token: the environment variable that holds it |

                | collector | collects | interval | timeout | maxAge | maxSeries | on |
                |---|---|---|---|---|---|---|
                | `pulse` | whether it answers | 5s | 1s | 6s | 2000 | yes |
                """);
    }
}
