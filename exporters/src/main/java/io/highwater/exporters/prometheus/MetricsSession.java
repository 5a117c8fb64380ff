// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Schedule;
import io.highwater.core.Session;
import io.highwater.core.Target;
import io.highwater.exporters.client.http.HttpLink;

/** One program's metrics page. */
final class MetricsSession implements Session {

    private final HttpLink link;
    private final Target target;
    private final MetricsSettings settings;

    MetricsSession(Target target, MetricsSettings settings) {
        this.link = new HttpLink(settings.tls());
        this.target = target;
        this.settings = settings;
    }

    /** There is but one. */
    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        return new ScrapeCollector(link, settings.endpoint(target.node()), settings, schedule.timeout());
    }

    @Override
    public void close() {
        link.close();
    }
}
