// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.core.web.Request;
import io.highwater.core.web.Response;
import io.highwater.rules.Alert;
import io.highwater.rules.Alerts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunbooksPageTest {

    @Test
    void everyAlertHasItsPageAndIsListed() {
        var index = text(get("/runbooks"));
        for (var alert : Alerts.all()) {
            assertThat(index).contains("/runbooks/" + alert.name() + "\n", alert.means());
            var page = get("/runbooks/" + alert.name());
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.contentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(text(page))
                    .startsWith("# " + alert.name() + "\n")
                    .contains(alert.template(), "\n## Diagnosis\n", "\n## Escalate\n")
                    .doesNotContain("$escalation");
        }
    }

    @Test
    void saysWhatALevelAllows() {
        var alert = Alerts.named("PostgresNoPrimary");

        assertThat(text(get("/runbooks/PostgresNoPrimary")))
                .contains("|  | L1 | L2 | L3 |", "| escalate after | ")
                .contains("Severity `" + alert.severity().label() + "`");
    }

    @Test
    void alertsThatAreBlindShareOne() {
        var blind = Alerts.all().stream()
                .map(Alert::name)
                .filter(name -> name.endsWith("Blind"))
                .findFirst()
                .orElseThrow();

        assertThat(text(get("/runbooks/" + blind))).startsWith("# " + blind).contains("`blinds`");
        assertThat(text(get("/runbooks/Blind"))).startsWith("# Blind").contains("`blinds`");
    }

    @Test
    void aLinkToAFileOfTheRepositoryIsFoundToo() {
        assertThat(get("/runbooks/RedisDown.md").status()).isEqualTo(200);
    }

    @Test
    void namesTheOneThatIsMeant() {
        var missing = get("/runbooks/PostgresNoPrimery");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(text(missing)).contains("did you mean /runbooks/PostgresNoPrimary?");
        assertThat(text(get("/runbooks/zzz"))).contains("all of them are at /runbooks");
        assertThat(get("/runbooks/../alerts/redis.yaml").status()).isEqualTo(404);
    }

    private static Response get(String path) {
        var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new RunbooksPage().handle(new Request("GET", path, path, Map.of(), Map.of(), peer, List.of()));
    }

    private static String text(Response response) {
        return response.body().stream().map(part -> new String(part, UTF_8)).reduce("", String::concat);
    }
}
