// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Globs;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the configuration says of one NATS cluster, under {@code clusters.<name>.jetstream}. */
public record JetStreamSettings(
        @Doc("seed URLs for the JetStream API, nats://host:4222 or tls://host:4222; others of the cluster are found")
        @Default("[]")
        List<String> servers,

        @Doc("the monitoring port of every server: a stable name and http://host:8222") @Default("{}")
        Map<String, String> monitoring,

        @Doc("the user to connect as") Optional<String> user,

        @Doc("the user's password") Optional<Secret> password,

        @Doc("a token, in place of user and password") Optional<Secret> token,

        @Doc("a credentials file with JWT and seed, as nsc writes it")
        Optional<Path> credentials,

        @Doc("the seed of an NKey, SU...") Optional<Secret> nkey,

        @Doc("the name of our account, for servers before 2.10, which do not tell it")
        Optional<String> account,

        @Doc("several accounts by name, each with a login of its own, in place of the login above") @Default("{}")
        Map<String, Login> accounts,

        @Doc("TLS to servers and monitoring ports; tls: {} takes what the JDK trusts")
        Optional<ClientTls> tls,

        @Doc("the JetStream domain, when the cluster has one")
        Optional<String> domain,

        @Doc("the streams that are watched; * stands for any text") @Default("['*']")
        List<String> streams,

        @Doc("of those, the streams that are not") @Default("[]")
        List<String> ignoreStreams,

        @Doc("the consumers that are watched") @Default("['*']")
        List<String> consumers,

        @Doc("of those, the consumers that are not") @Default("[]")
        List<String> ignoreConsumers,

        @Doc("how many streams are watched at most; what is above is counted") @Default("1000")
        int maxStreams,

        @Doc("how many consumers are watched at most; what is above is counted") @Default("10000")
        int maxConsumers,

        @Doc("whether every replica of every consumer has series of its own") @Default("false")
        boolean consumerReplicas,

        @Doc(
                "streams of which the first message after a silence is collected at once, not at the next interval; * stands for any text")
        @Default("[]")
        List<String> wake) {

    /** The node that stands for the JetStream API itself. */
    static final String API = "api";

    private static final Pattern SERVER =
            Pattern.compile("(nats|tls)://(\\[[0-9a-fA-F:.]+]|[^:/@\\s]+)(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

    /** Who we are to the servers, in one account. */
    public record Login(
            @Doc("the user to connect as") Optional<String> user,

            @Doc("the user's password") Optional<Secret> password,

            @Doc("a token, in place of user and password") Optional<Secret> token,

            @Doc("a credentials file with JWT and seed, as nsc writes it")
            Optional<Path> credentials,

            @Doc("the seed of an NKey, SU...") Optional<Secret> nkey) {

        public Login {
            var ways = Stream.of(user, token, credentials, nkey)
                    .filter(Optional::isPresent)
                    .count();
            if (ways > 1) {
                throw new IllegalArgumentException("user: write one of user, token, credentials and nkey");
            }
            if (password.isPresent() && user.isEmpty()) {
                throw new IllegalArgumentException("user: missing, there is a password");
            }
        }
    }

    public JetStreamSettings {
        if (servers.isEmpty() && monitoring.isEmpty()) {
            throw new IllegalArgumentException("servers: write them, or monitoring, or both");
        }
        for (var server : servers) {
            if (!SERVER.matcher(server).matches() || URI.create(server).getHost() == null) {
                throw new IllegalArgumentException(
                        "servers: write nats://host:4222 or tls://host:4222, without user or password");
            }
        }
        monitoring.values().forEach(JetStreamSettings::checkMonitoring);
        for (var name : accounts.keySet()) {
            if (monitoring.containsKey(API + "-" + name)) {
                throw new IllegalArgumentException(
                        "monitoring: " + API + "-" + name + " is the name of an account's API");
            }
        }
        if (monitoring.containsKey(API)) {
            throw new IllegalArgumentException("monitoring: " + API + " is the name of the JetStream API");
        }
        var login = new Login(user, password, token, credentials, nkey);
        if (!accounts.isEmpty() && !login.equals(nobody())) {
            throw new IllegalArgumentException("accounts: move the login above to an account of its own");
        }
        if (maxStreams < 1 || maxStreams > 10_000) {
            throw new IllegalArgumentException("maxStreams: write 1 to 10000");
        }
        if (maxConsumers < 1 || maxConsumers > 100_000) {
            throw new IllegalArgumentException("maxConsumers: write 1 to 100000");
        }
    }

    private static void checkMonitoring(String url) {
        try {
            var uri = URI.create(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException("monitoring: write http://host:8222, without user, password or query");
    }

    private static Login nobody() {
        return new Login(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The monitoring ports, and the API once for each account. */
    List<String> nodes() {
        var nodes = new ArrayList<>(monitoring.keySet());
        if (!servers.isEmpty() && accounts.isEmpty()) {
            nodes.add(API);
        } else if (!servers.isEmpty()) {
            accounts.keySet().forEach(account -> nodes.add(API + "-" + account));
        }
        return nodes;
    }

    /** How to log in at a node of {@link #nodes} that stands for the API. */
    Login login(String node) {
        var login = node.equals(API) ? null : accounts.get(account(node));
        return login == null ? new Login(user, password, token, credentials, nkey) : login;
    }

    /** The account's name as configured, for a node of the API; empty when it is not. */
    String account(String node) {
        return node.equals(API) ? account.orElse("") : node.substring(API.length() + 1);
    }

    boolean watchesStream(String name) {
        return Globs.any(streams, name) && !Globs.any(ignoreStreams, name);
    }

    boolean wakesFor(String stream) {
        return Globs.any(wake, stream);
    }

    boolean watchesConsumer(String name) {
        return Globs.any(consumers, name) && !Globs.any(ignoreConsumers, name);
    }
}
