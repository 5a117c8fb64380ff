// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import static io.highwater.exporters.jetstream.Specimens.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.Samples;
import io.highwater.core.Target;
import io.highwater.exporters.jetstream.StreamState.Upstream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamSeriesTest {

    /** As in leaf nodes' domains, whose streams have the same name. */
    @Test
    void ofSourcesWithOneNameTheWorstCounts() {
        var out = Samples.of(new Target("bus", "jetstream", "", Map.of()));
        var series = new StreamSeries(new Servers(List.of()));
        var upstreams = new Upstream[] {
            new Upstream("EVENTS", false, 3), new Upstream("EVENTS", false, 7), new Upstream("OTHER", false, 1)
        };
        series.begin();
        series.add("APP/ORDERS", Specimens.withUpstreams(stream(10, 0), upstreams), List.of(), out);
        series.end(out);
        assertThat(out.toString().lines().filter(line -> line.startsWith("nats_stream_source_lag")))
                .containsExactly(
                        "nats_stream_source_lag{cluster=\"bus\",account=\"APP\",stream_name=\"ORDERS\",source_name=\"EVENTS\"} 7",
                        "nats_stream_source_lag{cluster=\"bus\",account=\"APP\",stream_name=\"ORDERS\",source_name=\"OTHER\"} 1");
    }
}
