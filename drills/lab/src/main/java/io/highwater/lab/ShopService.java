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
 * word "stuck" is never stored, the item "slow" takes 0.3 s, an amount of 13 is declined.
 */
public final class ShopService extends ListeningServer {

    private static final String PROGRAM = "shop.py";

    private final int port;
    private final String key;

    private ShopService(int port, String key) {
        super(
                "shop",
                Account.SELF,
                List.of("python3", PROGRAM, String.valueOf(port), key),
                Map.of(PROGRAM, program()),
                port);
        this.port = port;
        this.key = key;
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
        var shop = new ShopService(FreePort.next(), "key-" + UUID.randomUUID());
        shop.launch();
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
}
