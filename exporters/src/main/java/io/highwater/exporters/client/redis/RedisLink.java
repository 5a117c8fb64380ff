// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.core.Secret;
import io.highwater.core.tls.ClientTls;
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

/** How to connect to one server or Sentinel, and as whom. */
public record RedisLink(
        String host, int port, Optional<String> user, Optional<Secret> password, Optional<ClientTls> tls)
        implements Lane.Connector {

    @Override
    public Connection connect(Duration timeout, Consumer<Socket> cuttable) throws CollectionException {
        var config = DefaultJedisClientConfig.builder()
                // AUTH and no HELLO, which would want one more right.
                .autoNegotiateProtocol(false)
                .socketTimeoutMillis((int) timeout.toMillis())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .user(user.orElse(null))
                .password(revealed())
                .build();
        var factory = tls.isPresent() ? tls.get().context().getSocketFactory() : null;
        try {
            var connection = new BoundedConnection(() -> socket(timeout, factory, cuttable), config);
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

    private @Nullable String revealed() throws CollectionException {
        try {
            return password.map(Secret::reveal).orElse(null);
        } catch (IllegalStateException e) {
            throw new CollectionException(Reason.AUTH, String.valueOf(e.getMessage()), e);
        }
    }

    /** The socket that is handed out is the bare one: closing it ends every wait at once, also one of TLS. */
    private Socket socket(Duration timeout, @Nullable SSLSocketFactory factory, Consumer<Socket> cuttable) {
        var socket = new Socket();
        cuttable.accept(socket);
        try {
            int millis = (int) timeout.toMillis();
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(millis);
            socket.connect(resolved(), millis);
            return factory == null ? socket : factory.createSocket(socket, host, port, true);
        } catch (IOException e) {
            throw new JedisConnectionException(host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private InetSocketAddress resolved() throws UnknownHostException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("no such host");
        }
        return address;
    }
}
