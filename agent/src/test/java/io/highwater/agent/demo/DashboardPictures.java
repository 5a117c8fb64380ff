// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of the committed dashboards, drawn by our own page in a browser without a screen, of servers that run for some
 * minutes and fail over. No test: {@code dashboards/pictures} runs it.
 */
class DashboardPictures {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path PAGE = ROOT.resolve("dashboards/src/pictures");
    private static final Path TOOLS =
            Path.of(System.getProperty("highwater.lab.tools")).toAbsolutePath();

    /** How long each of the four parts of the story lasts. */
    private static final Duration PART = Duration.ofSeconds(Integer.getInteger("pictures.part", 60));

    private static final int WIDTH = 1600;
    private static final int UNIT = 38;
    private static final int HEADER = 60;

    @Test
    void draw(@TempDir Path temporary) throws Exception {
        var whole = Files.createDirectories(ROOT.resolve("dashboards/target/pictures"));
        var docs = Files.createDirectories(ROOT.resolve("docs/dashboards"));
        try (var servers = WatchedServers.start(temporary);
                var files = Files.list(ROOT.resolve("dashboards/json"))) {
            var from = Instant.now().plusSeconds(10);
            tell(servers);
            for (var file : files.filter(one -> one.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                var dashboard = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
                var name = dashboard.get("uid").getAsString();
                picture(
                        dashboard,
                        source(servers, from, false),
                        height(dashboard, false),
                        docs.resolve(name + ".png"),
                        temporary);
                picture(
                        dashboard,
                        source(servers, from, true),
                        height(dashboard, true),
                        whole.resolve(name + ".png"),
                        temporary);
            }
        }
    }

    /** Servers that work, lose their primaries, fail over, and work. */
    private static void tell(WatchedServers servers) {
        pass();
        servers.act(Action.STOP);
        servers.sentinels().master().kill();
        servers.act(Action.KILL);
        servers.awaitPrimaries(0);
        servers.await("ALERTS{alertname='PostgresNoPrimary', alertstate='firing'}");
        servers.sentinels().awaitFailover();
        servers.act(Action.FAILOVER);
        pass();
        servers.act(Action.GO);
        servers.act(Action.BACK);
        servers.sentinels().servers().forEach(server -> server.start());
        servers.act(Action.NAP);
        servers.act(Action.ICE);
        servers.act(Action.JAM);
        servers.act(Action.VANISH);
        pass();
        servers.act(Action.WAKE);
        servers.act(Action.THAW);
        servers.act(Action.OPEN);
        servers.act(Action.ADD);
        servers.act(Action.LEADER);
        pass();
    }

    private static void pass() {
        var end = Instant.now().plus(PART);
        Awaitility.await().atMost(PART.plusSeconds(5)).until(() -> Instant.now().isAfter(end));
    }

    private static JsonObject source(WatchedServers servers, Instant from, boolean open) {
        var source = new JsonObject();
        source.addProperty("url", servers.prometheus().url().toString());
        source.addProperty("from", from.getEpochSecond());
        source.addProperty("to", Instant.now().getEpochSecond());
        source.addProperty("step", 2);
        source.addProperty("rateInterval", 10);
        source.addProperty("open", open);
        return source;
    }

    private static void picture(JsonObject dashboard, JsonObject source, int height, Path picture, Path temporary)
            throws IOException, InterruptedException {
        var page = temporary.resolve("page.html");
        Files.writeString(
                page,
                Files.readString(PAGE.resolve("page.html"))
                        .replace(
                                "${uplot}",
                                TOOLS.resolve("uplot-1/node_modules/uplot/dist")
                                        .toUri()
                                        .getPath())
                        .replace("${page}", PAGE.toUri().getPath())
                        .replace("${source}", source.toString())
                        .replace("${dashboard}", dashboard.toString()));
        var browser = new ProcessBuilder(
                        TOOLS.resolve("chromium-headless-shell").toString(),
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-web-security", // the page is a file, and asks Prometheus on a port
                        "--hide-scrollbars",
                        "--user-data-dir=" + temporary.resolve("browser"),
                        "--window-size=" + WIDTH + "," + height,
                        "--virtual-time-budget=60000",
                        "--screenshot=" + picture,
                        page.toUri().toString())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("browser.log").toFile())
                .start();
        try {
            assertThat(browser.waitFor(2, TimeUnit.MINUTES))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            browser.destroyForcibly();
        }
        assertThat(picture).isNotEmptyFile();
    }

    /** In pixels, with or without what is in folded rows. */
    private static int height(JsonObject dashboard, boolean open) {
        int units = 0;
        int opened = 0;
        for (var panel : dashboard.getAsJsonArray("panels")) {
            units = Math.max(units, bottom(panel));
            opened += open ? inside(panel.getAsJsonObject()) : 0;
        }
        return HEADER + UNIT * (units + opened);
    }

    /** How many units high the panels of a folded row are; 0 of what is none. */
    private static int inside(JsonObject panel) {
        int units = 0;
        if (panel.has("panels")) {
            for (var one : panel.getAsJsonArray("panels")) {
                units = Math.max(units, bottom(one) - bottom(panel));
            }
        }
        return units;
    }

    private static int bottom(JsonElement panel) {
        var place = panel.getAsJsonObject().getAsJsonObject("gridPos");
        return place.get("y").getAsInt() + place.get("h").getAsInt();
    }
}
