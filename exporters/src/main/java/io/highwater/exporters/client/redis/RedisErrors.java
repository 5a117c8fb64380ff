// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** What the server's error replies and the client's exceptions mean as a {@link Reason}. */
public final class RedisErrors {

    /** A password where none is set, and the words of servers before 6. */
    private static final List<String> CREDENTIALS = List.of("ERR AUTH", "ERR invalid password", "ERR Client sent AUTH");
    /** It is there, and cannot serve now. */
    private static final List<String> REFUSALS =
            List.of("LOADING", "BUSY", "MASTERDOWN", "DENIED", "ERR max number of clients");

    private RedisErrors() {}

    public static CollectionException failure(JedisException e) {
        return new CollectionException(reason(e), message(e), e);
    }

    private static Reason reason(JedisException e) {
        return switch (e) {
            case JedisAccessControlException _ -> Reason.AUTH;
            case JedisDataException said -> reasonOf(message(said));
            default -> reasonOfCause(e);
        };
    }

    private static Reason reasonOf(String said) {
        if (CREDENTIALS.stream().anyMatch(said::startsWith)) {
            return Reason.AUTH;
        }
        return REFUSALS.stream().anyMatch(said::startsWith) ? Reason.REFUSED : Reason.PROTOCOL;
    }

    private static Reason reasonOfCause(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SocketTimeoutException _ -> {
                    return Reason.TIMEOUT;
                }
                case ConnectException _, UnknownHostException _, NoRouteToHostException _ -> {
                    return Reason.REFUSED;
                }
                default -> {}
            }
        }
        // The connection ended while it was used, or what came was no Redis.
        return Reason.PROTOCOL;
    }

    /** One line. Servers quote the user, never the password. */
    public static String message(JedisException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
