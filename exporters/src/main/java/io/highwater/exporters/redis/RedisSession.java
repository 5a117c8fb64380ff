// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.redis;

import io.highwater.core.CollectionException;
import io.highwater.core.Collector;
import io.highwater.core.CollectorSpec;
import io.highwater.core.Reason;
import io.highwater.core.Samples;
import io.highwater.core.Schedule;
import io.highwater.core.Secret;
import io.highwater.core.Session;
import io.highwater.core.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One server or Sentinel and the two connections that are all we ever hold to it: one for the pulse alone, which nothing
 * else can delay, and one that the other collectors take in turns.
 */
final class RedisSession implements Session {

    private final String node;
    private final RedisSettings settings;
    private final boolean sentinel;
    private final Lane pulse = new Lane(this::connect);
    private final Lane others = new Lane(this::connect);

    RedisSession(Target target, RedisSettings settings) {
        this.node = target.node();
        this.settings = settings;
        this.sentinel = settings.isSentinel(node);
    }

    @Override
    public Collector collector(CollectorSpec spec, Schedule schedule) {
        var reader = RedisExporter.reader(spec.name(), node, settings);
        if (reader.equals(Reader.NOTHING)) {
            return Collector.NONE;
        }
        var lane = spec.name().equals(RedisExporter.PULSE) ? pulse : others;
        return new Collector() {
            @Override
            public void collect(Samples out) throws Exception {
                lane.use(this, schedule.timeout(), server -> reader.read(server, out));
            }

            @Override
            public void abort() {
                lane.abort(this);
            }
        };
    }

    private Connection connect(Duration timeout, Consumer<Socket> cuttable) throws CollectionException {
        var config = DefaultJedisClientConfig.builder()
                // AUTH and no HELLO, which would want one more right.
                .autoNegotiateProtocol(false)
                .socketTimeoutMillis((int) timeout.toMillis())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .user((sentinel ? settings.sentinelUser() : settings.user()).orElse(null))
                .password(password())
                .build();
        var tls = settings.tls().isPresent() ? settings.tls().get().context().getSocketFactory() : null;
        try {
            var connection = new BoundedConnection(() -> socket(timeout, tls, cuttable), config);
            introduce(connection);
            return connection;
        } catch (JedisException e) {
            throw RedisErrors.failure(e);
        }
    }

    /** Our name, for who reads CLIENT LIST; and the first answer, with which a full server turns us away. */
    private static void introduce(Connection connection) {
        try {
            connection.sendCommand(Protocol.Command.CLIENT, "SETNAME", "highwater");
            connection.getOne();
        } catch (JedisAccessControlException e) {
            if (!RedisErrors.message(e).startsWith("NOPERM")) {
                throw e;
            }
        }
    }

    private @Nullable String password() throws CollectionException {
        Optional<Secret> secret = sentinel ? settings.sentinelPassword() : settings.password();
        try {
            return secret.map(Secret::reveal).orElse(null);
        } catch (IllegalStateException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }

    /** The socket that is handed out is the bare one: closing it ends every wait at once, also one of TLS. */
    private Socket socket(Duration timeout, @Nullable SSLSocketFactory tls, Consumer<Socket> cuttable) {
        var host = settings.host(node);
        int port = settings.port(node);
        var socket = new Socket();
        cuttable.accept(socket);
        try {
            int millis = (int) timeout.toMillis();
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(millis);
            socket.connect(address(host, port), millis);
            return tls == null ? socket : tls.createSocket(socket, host, port, true);
        } catch (IOException e) {
            throw new JedisConnectionException(host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static InetSocketAddress address(String host, int port) throws UnknownHostException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("no such host");
        }
        return address;
    }

    @Override
    public void close() {
        pulse.close();
        others.close();
    }
}
