// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.highwater.agent.InstalledExporters;
import io.highwater.core.Family;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when the configuration is wrong: one test a subject, in the words that are printed. */
class ConfigRefusalTest {

    private Directory directory;

    @BeforeEach
    void directory(@TempDir Path path) {
        directory = new Directory(path);
    }

    @Test
    void unknownWords() {
        assertThat(directory.refusal("""
                clusters:
                  harbour:
                    labls: {team: payments}
                    depot:
                      nodes: {north: {address: "north:1", colour: red}}
                      usr: watcher
                      colectors: {}
                    postgres: {}
                  station:
                    depot:
                      nodes: {north: "north:1"}
                      user: watcher
                      collectors:
                        stok: {enabled: true}
                        stock: {intervall: 1s}
                cluster: {}
                """)).isEqualTo("""
                highwater.yaml:3:5: clusters.harbour.labls: unknown key; did you mean "labels"? (known: level, labels, depot, gate)
                highwater.yaml:5:43: clusters.harbour.depot.nodes.north.colour: unknown key; known: address, side
                highwater.yaml:6:7: clusters.harbour.depot.usr: unknown key; did you mean "user"? (known: nodes, user, passwordFile, passwordEnv, patience, kinds, collectors)
                highwater.yaml:7:7: clusters.harbour.depot.colectors: unknown key; did you mean "collectors"? (known: nodes, user, passwordFile, passwordEnv, patience, kinds, collectors)
                highwater.yaml:8:5: clusters.harbour.postgres: unknown key; known: level, labels, depot, gate
                highwater.yaml:14:9: clusters.station.depot.collectors.stok: unknown collector; did you mean "stock"? (known: pulse, stock, theft)
                highwater.yaml:15:17: clusters.station.depot.collectors.stock.intervall: unknown key; did you mean "interval"? (known: enabled, interval, timeout, maxAge, maxSeries)
                highwater.yaml:16:1: cluster: unknown key; did you mean "clusters"? (known: include, vantage, signals, policies, clusters)""");
    }

    @Test
    void twoPlaces() {
        directory.with("more.yaml", "vantage: ams-1");
        assertThat(directory.refusal(
                        "{vantage: fra-1, include: more.yaml, clusters: {a: {gate: {tokenEnv: GATE_TOKEN}}}}"))
                .isEqualTo("more.yaml:1:1: vantage: an agent stands at one place; it stands at \"fra-1\" already");
        directory.with("more.yaml", "vantage: ams-1");
        assertThat(directory.refusal("{include: more.yaml, clusters: {a: {gate: {tokenEnv: GATE_TOKEN}}}}"))
                .isEqualTo("more.yaml:1:1: vantage: write it in the first file, which includes the others");
    }

    @Test
    void valuesThatDoNotFit() {
        assertThat(directory.refusal("""
                clusters:
                  harbour:
                    level: l4
                    labels: [team]
                    depot:
                      nodes: {north: "north:1", south: {address: "south:1", side: Front}, east: [1]}
                      user: {name: watcher}
                      patience: 5
                      kinds: [goods, ~]
                      collectors:
                        pulse: {enabled: yes}
                        stock: {interval: 1 s, timeout: 0s, maxSeries: 1.5}
                        theft: true
                  station: depot
                """)).isEqualTo("""
                highwater.yaml:3:5: clusters.harbour.level: expected one of L1, L2, L3, found "l4"; did you mean "L1"?
                highwater.yaml:4:5: clusters.harbour.labels: expected names with values
                highwater.yaml:6:61: clusters.harbour.depot.nodes.south.side: expected one of front, back, found "Front"; did you mean "front"?
                highwater.yaml:6:75: clusters.harbour.depot.nodes.east: expected keys with values; known: address, side
                highwater.yaml:7:7: clusters.harbour.depot.user: expected text
                highwater.yaml:8:7: clusters.harbour.depot.patience: expected a duration such as 500ms, 5s or 1h30m, found "5"; did you mean "5s"?
                highwater.yaml:9:22: clusters.harbour.depot.kinds[1]: expected text
                highwater.yaml:11:17: clusters.harbour.depot.collectors.pulse.enabled: expected true or false, found "yes"; did you mean "true"?
                highwater.yaml:12:17: clusters.harbour.depot.collectors.stock.interval: expected a duration such as 500ms, 5s or 1h30m, found "1 s"; did you mean "1s"?
                highwater.yaml:12:45: clusters.harbour.depot.collectors.stock.maxSeries: expected a whole number, found "1.5"
                highwater.yaml:13:9: clusters.harbour.depot.collectors.theft: expected keys with values; known: enabled, interval, timeout, maxAge, maxSeries
                highwater.yaml:14:3: clusters.station: expected keys with values; known: level, labels, depot, gate""");
    }

    @Test
    void whatTheRecordsThemselvesRefuse() {
        assertThat(directory.refusal("""
                clusters:
                  harbour:
                    depot:
                      nodes: {north: north, south: {address: south}}
                      user: watcher
                  station:
                    depot:
                      nodes: {north: "north:1"}
                      user: watcher
                      kinds: []
                      collectors:
                        stock:
                          interval: 10s
                          maxAge: 1s
                  quay:
                    depot: {nodes: {north: "north:1"}, user: watcher, patience: 1h}
                """)).isEqualTo("""
                highwater.yaml:4:15: clusters.harbour.depot.nodes.north: expected host:port
                highwater.yaml:4:37: clusters.harbour.depot.nodes.south.address: expected host:port
                highwater.yaml:10:7: clusters.station.depot.kinds: there must be one at least
                highwater.yaml:12:9: clusters.station.depot.collectors.stock: maxAge must not be shorter than interval + timeout, or series would flap
                highwater.yaml:16:5: clusters.quay.depot: nobody is that patient""");
    }

    @Test
    void whatTheJetStreamSettingsRefuse() {
        assertThat(directory.with("highwater.yaml", """
                                clusters:
                                  empty:
                                    jetstream: {}
                                  bus:
                                    jetstream:
                                      servers: ["nats://user:password@n1:4222"]
                                  twice:
                                    jetstream:
                                      servers: ["nats://n1:4222"]
                                      user: monitor
                                      accounts:
                                        ORDERS: {user: monitor, credentials: orders.creds}
                                  ports:
                                    jetstream:
                                      monitoring: {n1: "n1:8222"}
                                """).refusal(InstalledExporters.load()))
                .isEqualTo("""
                        highwater.yaml:3:5: clusters.empty.jetstream.servers: write them, or monitoring, or both
                        highwater.yaml:6:17: clusters.bus.jetstream.servers[0]: a password in an address; write it into a file or the environment
                        highwater.yaml:12:18: clusters.twice.jetstream.accounts.ORDERS.user: write one of user, token, credentials and nkey
                        highwater.yaml:15:7: clusters.ports.jetstream.monitoring: write http://host:8222, without user, password or query""");
    }

    @Test
    void whatIsTakenFromAnotherComponent() {
        assertThat(directory.with("highwater.yaml", """
                                clusters:
                                  alone:
                                    bullmq: {}
                                  unknown:
                                    redis: {nodes: {redis-1: "redis-1"}}
                                    bullmq: {redis: postgres}
                                  both:
                                    redis: {nodes: {redis-1: "redis-1"}}
                                    postgres: {nodes: {pg-1: "pg-1"}}
                                    bullmq: {redis: redis, postgres: postgres}
                                  wrong:
                                    redis: {nodes: {redis-1: "redis-1:port"}}
                                    bullmq: {exactJobs: 7}
                                """).refusal(InstalledExporters.load()))
                .isEqualTo("""
                        highwater.yaml:3:5: clusters.alone.bullmq.redis: write where the queues are: redis: or postgres:, one of them, with nodes: below it
                        highwater.yaml:6:14: clusters.unknown.bullmq.redis: there is no component postgres in this cluster that has such keys; write redis when the cluster has that, or the keys
                        highwater.yaml:10:14: clusters.both.bullmq.redis: write where the queues are: redis: or postgres:, one of them, with nodes: below it
                        highwater.yaml:12:21: clusters.wrong.redis.nodes.redis-1: write host:port, without user, password or database; IPv6 as [::1]:6379""");
    }

    @Test
    void whatTheQueuesSettingsRefuse() {
        assertThat(directory.with("highwater.yaml", """
                                clusters:
                                  jobs:
                                    redis: {nodes: {redis-1: "redis-1.internal"}}
                                    queues:
                                      celery: {queues: [celery], prioritySteps: []}
                                      lists: [mails, {keys: "a:*", taken: top}]
                                      schedulers: {keys: [later], unit: minutes}
                                  more:
                                    redis: {nodes: {redis-1: "redis-1.internal"}}
                                    queues: {lists: [{keys: mails, timestampField: a..b}]}
                                  many:
                                    redis: {nodes: {redis-1: "redis-1.internal"}}
                                    queues: {sidekiq: {}, maxQueues: 0}
                                  none:
                                    redis: {nodes: {redis-1: "redis-1.internal"}}
                                    queues: {}
                                  tables:
                                    redis: {nodes: {redis-1: "redis-1.internal"}}
                                    postgres: {nodes: {pg-1: "pg-1.internal"}}
                                    queues: {tables: {oban: {layout: oban}}}
                                  both:
                                    redis: {nodes: {node-1: "redis-1.internal"}}
                                    postgres: {nodes: {node-1: "pg-1.internal"}}
                                    queues: {redis: redis, postgres: postgres, lists: [mails], tables: {oban: {layout: oban}}}
                                """).refusal(InstalledExporters.load()))
                .isEqualTo("""
                        highwater.yaml:5:34: clusters.jobs.queues.celery.prioritySteps: name at least one, such as 0
                        highwater.yaml:6:36: clusters.jobs.queues.lists[1].taken: expected one of left, right, found "top"
                        highwater.yaml:7:35: clusters.jobs.queues.schedulers.unit: expected one of seconds, milliseconds, found "minutes"
                        highwater.yaml:10:36: clusters.more.queues.lists[0].timestampField: write a key, or keys with a dot between two, such as meta.at
                        highwater.yaml:13:27: clusters.many.queues.maxQueues: write 1 to 10000
                        highwater.yaml:16:5: clusters.none.queues: says of no queues: write one of bull, celery, rq, sidekiq, lists, streams, schedulers, tables
                        highwater.yaml:20:5: clusters.tables.queues.postgres: write where the tables are: postgres: postgres for this cluster's servers, or nodes: below it
                        highwater.yaml:24:28: clusters.both.queues.postgres: node-1 is a node of redis, too; give one of them another name, in nodes: below postgres or redis""");
    }

    @Test
    void whatTheQueuesSettingsTake() throws ConfigException {
        var config = directory.with("highwater.yaml", """
                                clusters:
                                  jobs:
                                    redis: {nodes: {redis-1: "redis-1.internal"}}
                                    queues:
                                      bull: {prefixes: [bull, "{jobs}"]}
                                      celery: {queues: [celery, "orders-*"]}
                                      rq: {}
                                      sidekiq: {namespaces: [shop, ""]}
                                      lists:
                                        - mails
                                        - {keys: "exports:*", taken: left, timestampField: meta.createdAt}
                                      streams: [orders, "events:*"]
                                      schedulers: {keys: reminders, unit: milliseconds}
                                      ignore: ["*-test"]
                                """).load(InstalledExporters.load());
        assertThat(config.plans().getLast().settings().toString())
                .contains("rq=Optional[Rq[prefixes=[rq], queues=[*]]]")
                .contains("taken=left, timestampField=Optional[meta.createdAt]")
                .contains("Scheduler[keys=[reminders], unit=milliseconds]");
    }

    @Test
    void whatIsMissing() {
        assertThat(directory.refusal("""
                clusters:
                  harbour:
                    level: L1
                  station:
                    depot:
                  quay:
                  pier:
                    depot: {nodes: {}, user: ~}
                    gate: {}
                """)).isEqualTo("""
                highwater.yaml:2:3: clusters.harbour: has no component; known: depot, gate
                highwater.yaml:5:5: clusters.station.depot.nodes: missing key: where the nodes are
                highwater.yaml:5:5: clusters.station.depot.user: missing key: who asks
                highwater.yaml:6:3: clusters.quay: has no component; known: depot, gate
                highwater.yaml:8:5: clusters.pier.depot.user: missing key: who asks
                highwater.yaml:9:5: clusters.pier.gate.tokenFile or tokenEnv: missing key""");
    }

    @Test
    void filesWithNothingInThem() {
        assertThat(directory.refusal(""))
                .isEqualTo("highwater.yaml: is empty; write clusters: with a cluster below it");
        assertThat(directory.refusal("# later\n"))
                .isEqualTo("highwater.yaml: is empty; write clusters: with a cluster below it");
        assertThat(directory.refusal("clusters:\n"))
                .isEqualTo("highwater.yaml: no cluster is configured; write one below clusters:");
        assertThat(directory.refusal("clusters: {harbour: {depot: {nodes: {}, user: watcher}}}"))
                .isEqualTo("highwater.yaml:1:22: clusters.harbour.depot: has no node");
        assertThat(directory.refusal("clusters"))
                .isEqualTo(
                        "highwater.yaml: expected keys with values; known: include, vantage, signals, policies, clusters");
        assertThat(directory.refusal("clusters: [a]"))
                .isEqualTo(
                        "highwater.yaml:1:1: clusters: expected the names of clusters, each with its components below it");
    }

    @Test
    void namesThatClash() {
        directory.with("conf.d/more.yaml", "clusters:\n  harbour: {gate: {tokenEnv: GATE_TOKEN}}\n");
        assertThat(directory.refusal("""
                include: conf.d/*
                clusters:
                  harbour:
                    gate: {tokenEnv: GATE_TOKEN}
                    level: L1
                    level: L2
                  "har/bour": {gate: {tokenEnv: GATE_TOKEN}}
                  station:
                    labels: {node: a, team-name: b, __x: c, shelf: d, team: e}
                    depot: {nodes: {"a b": "a:1"}, user: watcher}
                """)).isEqualTo("""
                conf.d/more.yaml:2:3: clusters.harbour: duplicate cluster; the first is highwater.yaml:3:3
                highwater.yaml:6:5: clusters.harbour.level: duplicate key; the first is in line 5
                highwater.yaml:7:3: clusters.har/bour: the name of a cluster is not empty and has no / and no blank
                highwater.yaml:9:14: clusters.station.labels.node: the agent gives this label itself
                highwater.yaml:9:23: clusters.station.labels.team-name: the name of a label is letters, digits and _, and starts with no digit
                highwater.yaml:9:37: clusters.station.labels.__x: a label that starts with __ is for Prometheus itself
                highwater.yaml:9:45: clusters.station.labels.shelf: family depot_stock_bytes has this label already
                highwater.yaml:10:5: clusters.station.depot: the name of a node is not empty and has no / and no blank""");
    }

    @Test
    void collectorsThatAreOff() {
        assertThat(directory.refusal("""
                clusters:
                  harbour: {gate: {tokenEnv: GATE_TOKEN, collectors: {pulse: {enabled: false}}}}
                  station:
                    depot:
                      nodes: {north: "north:1"}
                      user: watcher
                      collectors: {pulse: {enabled: false}}
                """)).isEqualTo("""
                highwater.yaml:2:42: clusters.harbour.gate.collectors: every collector is off; leave the component out
                highwater.yaml:7:20: clusters.station.depot.collectors.pulse: this collector cannot be off: it tells whether a target is up""");
    }

    @Test
    void textThatIsNoYaml() {
        assertThat(directory.refusal("clusters:\n\tharbour: {}\n"))
                .isEqualTo("highwater.yaml:2:1: a tab; indent with spaces");
        assertThat(directory.refusal("include: [conf.d/*\nclusters: {}\n"))
                .isEqualTo("highwater.yaml:1:10: a bracket that is not closed");
        assertThat(directory.refusal("clusters: {harbour: {\n"))
                .isEqualTo("highwater.yaml:2:1: a value that is missing, or a bracket that is not closed");
        assertThat(directory.refusal("include: 'conf.d\nclusters:\n"))
                .isEqualTo("highwater.yaml:1:10: a quote that is not closed");
        assertThat(directory.refusal("clusters:\n  a: b: c\n"))
                .isEqualTo("highwater.yaml:2:7: a second \":\" on the line, or an indentation that fits no line above");
        assertThat(directory.refusal("clusters: {}\n---\nclusters: {}\n"))
                .isEqualTo("highwater.yaml:2:1: a second document; write each into a file of its own and include it");
        assertThat(directory.refusal("include: *there\n"))
                .isEqualTo(
                        "highwater.yaml:1:10: an alias (*) without its anchor (&); put text that starts with * in quotes");
        assertThat(directory.refusal("include: a\u0000\n"))
                .isEqualTo("highwater.yaml: the character U+0000, which YAML does not allow");
    }

    @Test
    void yamlThatIsTooClever() {
        assertThat(directory.refusal("""
                include: !path conf.d
                clusters:
                  a: &a {gate: {tokenEnv: GATE_TOKEN}}
                  b: {<<: *a}
                  c: &c {x: *c}
                  [d]: {}
                """)).isEqualTo("""
                highwater.yaml:1:1: include: a tag (!); put text that starts with ! in quotes
                highwater.yaml:4:3: clusters.b: has no component; known: depot, gate
                highwater.yaml:4:7: clusters.b.<<: merge keys are not supported; write the keys out, or use an alias (*) for the whole value
                highwater.yaml:5:10: clusters.c.x.x: an anchor (&) or alias (*) inside of a value that is itself an alias; write the value out
                highwater.yaml:5:10: clusters.c.x: unknown key; known: level, labels, depot, gate
                highwater.yaml:6:3: clusters: a key must be a word; put text that starts with { or [ in quotes""");
    }

    @Test
    void filesThatAreNotThere() throws Exception {
        assertThat(directory.refusal(Directory.EXPORTERS)).isEqualTo("highwater.yaml: does not exist");
        assertThat(directory.refusal("include: [conf.d/*.yaml, more.yaml, '*.{yml']\n"))
                .isEqualTo("""
                highwater.yaml:1:1: include: no file matches "conf.d/*.yaml"
                highwater.yaml:1:1: include: no file matches "more.yaml"
                highwater.yaml:1:1: include: "*.{yml" is no pattern for files""");
        Files.write(
                directory.path().resolve("highwater.yaml"), "clusters: {ä: {}}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(directory.refusal(Directory.EXPORTERS)).isEqualTo("highwater.yaml: is not UTF-8 text");
        Files.delete(directory.path().resolve("highwater.yaml"));
        Files.createDirectory(directory.path().resolve("highwater.yaml"));
        assertThat(directory.refusal(Directory.EXPORTERS)).isEqualTo("highwater.yaml: is a directory");
    }

    @Test
    void secretsThatAreNotThere() {
        directory.with("blank", "\n");
        assertThat(directory.refusal("""
                clusters:
                  a: {gate: {tokenFile: /no/such/file}}
                  b: {gate: {tokenFile: token}}
                  c: {gate: {tokenFile: blank}}
                  d: {gate: {tokenFile: "."}}
                  e: {gate: {tokenEnv: NO_SUCH_VARIABLE}}
                  f: {gate: {tokenEnv: EMPTY}}
                  g: {gate: {tokenEnv: GATE_TOKEN, tokenFile: blank}}
                  h: {gate: {tokenEnv: [GATE_TOKEN]}}
                """)).isEqualTo("""
                highwater.yaml:2:14: clusters.a.gate.tokenFile: file /no/such/file does not exist
                highwater.yaml:3:14: clusters.b.gate.tokenFile: this file does not exist
                highwater.yaml:4:14: clusters.c.gate.tokenFile: this file is empty
                highwater.yaml:5:14: clusters.d.gate.tokenFile: this file is a directory
                highwater.yaml:6:14: clusters.e.gate.tokenEnv: environment variable NO_SUCH_VARIABLE is not set
                highwater.yaml:7:14: clusters.f.gate.tokenEnv: environment variable EMPTY is not set
                highwater.yaml:8:36: clusters.g.gate.tokenFile: tokenFile: and tokenEnv: are given; leave one out
                highwater.yaml:9:14: clusters.h.gate.tokenEnv: expected text""");
    }

    @Test
    void noProblemHidesThoseOfOtherFiles() {
        directory
                .with("conf.d/a.yaml", "clusters: {\n")
                .with("conf.d/b.yaml", "")
                .with("conf.d/c.yaml", "clusters: {a: {gat: {}}}\n");

        assertThat(directory.refusal("include: [conf.d/*, none.yaml]\n")).isEqualTo("""
                conf.d/a.yaml:2:1: a value that is missing, or a bracket that is not closed
                conf.d/b.yaml: is empty; write clusters: with a cluster below it
                conf.d/c.yaml:1:16: clusters.a.gat: unknown key; did you mean "gate"? (known: level, labels, depot, gate)
                highwater.yaml:1:1: include: no file matches "none.yaml\"""");
    }

    @Test
    void exportersThatClash() {
        directory.with("highwater.yaml", "clusters: {a: {gate: {tokenEnv: GATE_TOKEN}}}");
        var likeDepot = new Gate(
                "gate", Family.gauge("depot_up", "Whether anything answers.").by("door"));

        assertThat(directory.refusal(List.of(new Depot(), likeDepot)))
                .isEqualTo("family depot_up is declared by depot and by gate, with different help, labels");
        assertThat(directory.refusal(List.of(Gate.GATE, Gate.GATE))).isEqualTo("two exporters are called gate");
    }

    @Test
    void exportersMayShareADeclaration() throws Exception {
        var yaml = "clusters: {a: {shed: {tokenEnv: GATE_TOKEN}}}";
        var config = directory.with("highwater.yaml", yaml).load(List.of(new Depot(), new Gate("shed", Depot.UP)));

        assertThat(config.plans()).hasSize(1);
    }
}
