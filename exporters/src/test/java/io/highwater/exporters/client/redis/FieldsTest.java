// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FieldsTest {

    private static final String TEXT =
            "# Replication\r\nrole:slave\r\nmaster_host:2001:db8::1\r\nmaster_last_io_seconds_ago:-1\r\nloading:1\r\n"
                    + "\r\n# Keyspace\r\ndb0:keys=2,expires=1,avg_ttl=0\r\ndb10:keys=7,expires=0,avg_ttl=0";

    @Test
    void fieldsAreWhatStandsBeforeTheFirstColon() {
        var info = Fields.ofInfo(TEXT);
        assertThat(info.text("role")).isEqualTo("slave");
        assertThat(info.text("master_host")).isEqualTo("2001:db8::1");
        assertThat(info.text("not there")).isEmpty();
        assertThat(info.is("loading")).isTrue();
        assertThat(info.has("# Keyspace")).isTrue();
        assertThat(info.has("# Errorstats")).isFalse();
    }

    @Test
    void minusOneAndWhatIsNoNumberAreAbsent() {
        var info = Fields.ofInfo(TEXT);
        assertThat(info.number("master_last_io_seconds_ago")).isEmpty();
        assertThat(info.number("role")).isEmpty();
        assertThat(info.number("not there")).isEmpty();
        assertThat(info.whole("loading")).hasValue(1);
    }

    @Test
    void partsOfAValueAreNamed() {
        var databases = new TreeMap<String, String>();
        Fields.ofInfo(TEXT).each("db", databases::put);
        assertThat(databases).containsOnlyKeys("0", "10");
        assertThat(Fields.ofParts(databases.getOrDefault("10", "")).values())
                .containsEntry("keys", "7")
                .containsEntry("expires", "0");
    }

    @Test
    void garbageIsNoFields() {
        assertThat(Fields.ofInfo(":\n::\nno colon\n").text("no colon")).isEmpty();
    }
}
