// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.http.HttpLink;

/** One server that answers PromQL. */
final class PrometheusSession implements Session {

    private final HttpLink link;
    private final QueryPort port;
    private final PrometheusSettings settings;

    PrometheusSession(Target target, PrometheusSettings settings) {
        this.link = new HttpLink(settings.tls());
        this.port = new QueryPort(settings.queryUrl(target.node()), settings);
        this.settings = settings;
    }

    /** There is but one. */
    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return new QueryCollector(link, port, settings, schedule.timeout());
    }

    @Override
    public void close() {
        link.close();
    }
}
