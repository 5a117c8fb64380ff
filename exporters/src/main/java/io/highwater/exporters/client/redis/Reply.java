// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a server replied to one command: text, a number, a list of replies, nothing, or an error. */
public record Reply(@Nullable Object value) {

    /** What the server refused with, in its words. */
    public Optional<String> error() {
        return value instanceof JedisDataException error ? Optional.of(RedisErrors.message(error)) : Optional.empty();
    }

    /** @throws CollectionException when it is an error, or anything but text */
    public String text() throws CollectionException {
        if (checked() instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        throw unexpected("text");
    }

    /** @throws CollectionException when it is an error, or anything but a number */
    public double number() throws CollectionException {
        if (checked() instanceof Long number) {
            return number.doubleValue();
        }
        throw unexpected("a number");
    }

    /** @throws CollectionException when it is an error, or anything but a list */
    public List<Reply> items() throws CollectionException {
        if (checked() instanceof List<?> items) {
            return items.stream().map(item -> new Reply(item)).toList();
        }
        throw unexpected("a list");
    }

    /** A list of names and values by turns. */
    public Fields fields() throws CollectionException {
        var items = items();
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i + 1 < items.size(); i += 2) {
            fields.put(items.get(i).text(), items.get(i + 1).text());
        }
        return new Fields(fields);
    }

    private @Nullable Object checked() throws CollectionException {
        if (value instanceof JedisDataException error) {
            throw RedisErrors.failure(error);
        }
        return value;
    }

    private static CollectionException unexpected(String wanted) {
        return new CollectionException(Reason.PROTOCOL, "the server did not reply with " + wanted);
    }
}
