// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A small HTTP service in Python, on a free port of 127.0.0.1: {@code /documents} take a moment to be stored and want a
 * bearer token, {@code /quotes} are paid at {@code /payments}, {@code /health} says how it is. What is uploaded with the
 * word "stuck" is never stored, the item "slow" takes 0.3 s, an amount of 13 is declined. Not thread-safe.
 */
public final class ShopService implements AutoCloseable {

    private static final String PROGRAM = "shop.py";

    private final int port = FreePort.next();
    private final String key = "key-" + UUID.randomUUID();
    private final ListeningProcess process;

    private ShopService() {
        this.process = new ListeningProcess(
                "shop",
                Account.SELF,
                List.of("python3", PROGRAM, String.valueOf(port), key),
                Map.of(PROGRAM, program()),
                port);
    }

    private static String program() {
        try (var program = ShopService.class.getResourceAsStream("shop/" + PROGRAM)) {
            if (program == null) {
                throw new LabException("no " + PROGRAM);
            }
            return new String(program.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LabException("cannot read " + PROGRAM, e);
        }
    }

    /** Returns when it takes connections. */
    public static ShopService start() {
        var shop = new ShopService();
        shop.process.start();
        return shop;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The bearer token that documents want. */
    public String key() {
        return key;
    }

    public void kill() {
        process.kill();
    }

    /** Again after {@link #kill}; knows nothing of what was before. */
    public void restart() {
        process.start();
    }

    /** A hang: connections are accepted by the kernel, and nobody answers. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        process.close();
    }
}
