// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection that believes no size that a server claims: jedis would make an array of two gigabytes for whoever says
 * that as much will follow. Long data in the entries of a stream is passed over: it comes as empty text. Speaks RESP2.
 */
public final class BoundedConnection extends Connection {

    /** INFO is some 10 KiB, with statistics of 400 commands 60 KiB; a Cluster of 1000 nodes tells 200 KiB. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** A job may be large, and its queue is not more than one of many. */
    private static final int MOST_SKIPPED = 64 * 1024 * 1024;

    private static final int MOST_ITEMS = 20_000;
    /** The fields of a stream's entry: names are short, and what is long is somebody's data, which is not for us. */
    private static final int DATA_DEPTH = 3;

    private static final int LONGEST_DATA = 4096;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int DEEPEST = 8;

    /** Of a 64-bit number. */
    private static final int MOST_DIGITS = 19;

    /** Connects and authenticates. */
    BoundedConnection(JedisSocketFactory sockets, JedisClientConfig config) {
        super(sockets, config);
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
        return reply(in, 0);
    }

    @Override
    protected void protocolReadPushes(RedisInputStream in, PushConsumerChain pushes) {
        // RESP2 has none.
    }

    private static @Nullable Object reply(RedisInputStream in, int depth) {
        byte kind = in.readByte();
        return switch (kind) {
            case '+' -> line(in).getBytes(UTF_8);
            case '-' -> throw error(line(in));
            case ':' -> number(in);
            case '$' -> bulk(in, size(in, MOST_SKIPPED), depth);
            case '*' -> items(in, size(in, MOST_ITEMS), depth + 1);
            default -> throw new JedisConnectionException("no Redis: a reply begins with byte " + kind);
        };
    }

    private static @Nullable Object bulk(RedisInputStream in, int length, int depth) {
        if (length < 0) {
            return null;
        }
        if (depth >= DATA_DEPTH && length > LONGEST_DATA) {
            skip(in, length);
            return new byte[0];
        }
        if (length > MOST_BYTES) {
            skip(in, length);
            throw new JedisDataException("a text of " + length + " bytes is more than we take");
        }
        var bytes = new byte[length];
        fill(bytes, length, in);
        in.readByte();
        in.readByte();
        return bytes;
    }

    /** What comes after it may still be of use. */
    private static void skip(RedisInputStream in, int length) {
        var some = new byte[64 * 1024];
        for (int left = length + 2; left > 0; ) {
            int next = Math.min(left, some.length);
            fill(some, next, in);
            left -= next;
        }
    }

    private static void fill(byte[] bytes, int length, RedisInputStream in) {
        for (int read = 0; read < length; ) {
            int more = in.read(bytes, read, length - read);
            if (more < 0) {
                throw new JedisConnectionException("the connection ended in the middle of a reply");
            }
            read += more;
        }
    }

    private static @Nullable Object items(RedisInputStream in, int count, int depth) {
        if (count < 0) {
            return null;
        }
        if (depth > DEEPEST) {
            throw new JedisConnectionException("no Redis: lists in lists in lists");
        }
        var items = new ArrayList<@Nullable Object>();
        for (int i = 0; i < count; i++) {
            items.add(item(in, depth));
        }
        return items;
    }

    /** An error among items is one of them. */
    private static @Nullable Object item(RedisInputStream in, int depth) {
        try {
            return reply(in, depth);
        } catch (JedisDataException e) {
            return e;
        }
    }

    private static String line(RedisInputStream in) {
        var line = new ByteArrayOutputStream();
        for (byte next = in.readByte(); next != '\r'; next = in.readByte()) {
            if (line.size() == LONGEST_LINE) {
                throw new JedisConnectionException("no Redis: a line without an end");
            }
            line.write(next);
        }
        in.readByte();
        return line.toString(UTF_8);
    }

    private static int size(RedisInputStream in, int most) {
        long size = number(in);
        if (size > most) {
            throw new JedisConnectionException("a reply of size " + size + " is more than we take");
        }
        return (int) size;
    }

    /** Without a text between: a collection of many queues has some ten thousand of them. */
    private static long number(RedisInputStream in) {
        byte next = in.readByte();
        boolean negative = next == '-';
        if (negative) {
            next = in.readByte();
        }
        long number = 0;
        for (int digits = 0; next != '\r' || digits == 0; digits++) {
            if (next < '0' || next > '9' || digits == MOST_DIGITS) {
                throw new JedisConnectionException("no Redis: a number was to come");
            }
            number = 10 * number + (next - '0');
            next = in.readByte();
        }
        in.readByte();
        return negative ? -number : number;
    }

    private static JedisDataException error(String message) {
        var denied = List.of("NOAUTH", "WRONGPASS", "NOPERM").stream().anyMatch(message::startsWith);
        return denied ? new JedisAccessControlException(message) : new JedisDataException(message);
    }
}
