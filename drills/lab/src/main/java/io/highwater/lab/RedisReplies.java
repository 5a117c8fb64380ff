// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;

/** What Redis replies, as plain Java. */
final class RedisReplies {

    private RedisReplies() {}

    /** Sends a command and returns the reply: text, a number, null, or a list of these. */
    static @Nullable Object ask(Connection connection, String command, String... arguments) {
        connection.sendCommand(() -> command.getBytes(UTF_8), arguments);
        return plain(connection.getOne());
    }

    private static @Nullable Object plain(@Nullable Object reply) {
        return switch (reply) {
            case byte[] text -> new String(text, UTF_8);
            case List<?> list -> list.stream().map(RedisReplies::plain).toList();
            case null -> null;
            default -> reply;
        };
    }

    /** One field of what INFO replies; empty when it is not there. */
    static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
