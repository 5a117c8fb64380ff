// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import static java.util.stream.Collectors.toSet;

import io.highwater.agent.config.ConfigException;
import io.highwater.agent.pages.Health;
import io.highwater.agent.pages.LandingPage;
import io.highwater.agent.pages.MetricsPage;
import io.highwater.agent.pages.ProbePage;
import io.highwater.agent.pages.Reload;
import io.highwater.agent.pages.RunbooksPage;
import io.highwater.agent.scaling.ExplainPage;
import io.highwater.agent.scaling.Scaling;
import io.highwater.agent.scaling.SignalsPage;
import io.highwater.agent.self.ChangeLog;
import io.highwater.agent.self.History;
import io.highwater.agent.self.Observers;
import io.highwater.agent.self.SelfMetrics;
import io.highwater.agent.web.ConfiguredServer;
import io.highwater.core.Exposition;
import io.highwater.core.Fleet;
import io.highwater.core.Slot;
import io.highwater.core.SnapshotStore;
import io.highwater.core.log.Log;
import io.highwater.core.web.Handler;
import io.highwater.core.web.Routes;
import io.highwater.core.web.WebServer;
import java.net.URI;

/** One running agent: watches what its configuration says and serves what it sees. */
public final class Agent implements AutoCloseable {

    private final SnapshotStore store = new SnapshotStore();
    private final SelfMetrics self = new SelfMetrics(store);
    private final History history = new History();
    private final ChangeLog changes;
    private final Fleet fleet;
    private final Scaling scaling;
    private final LiveConfig config;
    private final WebServer web;

    private Agent(AgentOptions options, Log log) throws ConfigException {
        changes = new ChangeLog(store, log);
        var exporters = InstalledExporters.load();
        scaling = new Scaling(options.scaling(), exporters, store, log);
        fleet = new Fleet(store, Observers.of(self, history, changes, scaling.scaler()));
        config = new LiveConfig(options.config(), options.environment(), exporters, fleet, scaling.scaler(), log);
        self.build(BuildInfo.version(), BuildInfo.revision(), BuildInfo.jdk());
        self.config(config::state);
        self.scaling(scaling.scaler());
        try {
            config.load();
            scaling.serve(self.registry());
            web = ConfiguredServer.start(options.listen(), options.webConfig(), routes(options), log);
        } catch (ConfigException | RuntimeException e) {
            scaling.close();
            fleet.close();
            throw e;
        }
        // Nobody has to wait for it; the first scrape does if it comes earlier.
        Thread.ofPlatform().daemon().name("warm-up").start(self::warmUp);
    }

    /**
     * Starts one; it runs until it is closed.
     *
     * @throws ConfigException if the configuration is refused; its problems are in the log as well
     * @throws io.highwater.core.web.WebException if it cannot serve HTTP as asked
     */
    public static Agent start(AgentOptions options, Log log) throws ConfigException {
        return new Agent(options, log);
    }

    /** Where it serves, as seen from this machine, without a path. */
    public URI url() {
        return web.uri();
    }

    /** Who reads numbers for autoscaling, and where. */
    public Scaling scaling() {
        return scaling;
    }

    /** Whether each collector of each target has ended once, well or not. */
    public boolean ready() {
        return store.complete();
    }

    /** Reads the configuration again. When it is refused, everything goes on as before. */
    public void reload() throws ConfigException {
        config.load();
        var targets = store.slots().stream().map(Slot::target).collect(toSet());
        self.forgetTheGone();
        history.forgetAllBut(targets);
        changes.forgetAllBut(targets);
    }

    /** Stops at once: collections and answers under way are cut off. */
    @Override
    public void close() {
        web.close();
        scaling.close();
        fleet.close();
    }

    private Routes routes(AgentOptions options) {
        var routes = new Routes();
        get(routes, "/", new LandingPage(store, history, config::state, BuildInfo.line()));
        get(routes, "/metrics", new MetricsPage(new Exposition(store, self)));
        get(routes, "/probe", new ProbePage(fleet, store, options.timeoutOffset()));
        get(routes, "/signals", new SignalsPage(scaling));
        routes.under("/signals/", self.counted("/signals/", new SignalsPage(scaling)));
        get(routes, "/explain", new ExplainPage(scaling));
        routes.under("/explain/", self.counted("/explain/", new ExplainPage(scaling)));
        get(routes, RunbooksPage.PATH, new RunbooksPage());
        routes.under(RunbooksPage.PATH + "/", self.counted(RunbooksPage.PATH + "/", new RunbooksPage()));
        get(routes, "/-/healthy", Health.healthy());
        get(routes, "/-/ready", Health.ready(store::complete));
        routes.post("/-/reload", self.counted("/-/reload", new Reload(this::reload)));
        return routes;
    }

    private void get(Routes routes, String path, Handler handler) {
        routes.get(path, self.counted(path, handler));
    }
}
