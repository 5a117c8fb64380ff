// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import io.highwater.lab.LabException;
import io.highwater.lab.ShopService;
import java.util.List;
import java.util.Map;

/** A small HTTP service, and two journeys through it as its users make them. */
final class ShopBackend implements Backend {

    private static final String SECRET = "shop-key";
    private final ShopService shop;

    private ShopBackend(ShopService shop) {
        this.shop = shop;
    }

    /** Returns when it takes connections; throws {@link LabException}, and then nothing is left running. */
    static ShopBackend start() {
        return new ShopBackend(ShopService.start());
    }

    @Override
    public String component() {
        return "probe";
    }

    @Override
    public String title() {
        return "A shop over HTTP";
    }

    @Override
    public List<String> settings() {
        return """
                probes:
                  documents:
                    journey:
                      secrets: { key: { valueFile: %2$s } }
                      steps:
                        - { name: upload, url: "%1$s/documents", method: POST, headers: { Authorization: "Bearer ${key}" },
                            body: "probe ${uuid}", status: [202], capture: { id: { json: /id }, status: { header: Location } } }
                        - { name: status, url: "${status}", headers: { Authorization: "Bearer ${key}" },
                            until: { json: { /state: stored }, every: 100ms, within: 2s } }
                        - { name: retrieve, url: "%1$s/documents/${id}", headers: { Authorization: "Bearer ${key}" },
                            bodyHas: ["probe ${uuid}"] }
                    interval: 2s
                    timeout: 3s
                  checkout:
                    journey:
                      steps:
                        - { name: quote, url: "%1$s/quotes", method: POST, body: '{"item": "probe", "amount": 7}', status: [201],
                            capture: { quote: { json: /quote/id } } }
                        - { name: pay, url: "%1$s/payments", method: POST, headers: { Idempotency-Key: "${uuid}" },
                            body: '{"quote": "${quote}"}', json: { /state: paid } }
                    interval: 1s
                    timeout: 2s
                """.formatted(shop.url(), SECRET).lines().toList();
    }

    @Override
    public Map<String, String> secrets() {
        return Map.of(SECRET, shop.key());
    }

    @Override
    public Sight look(Readings now, Readings before, double seconds) {
        return JourneySight.of(now, List.of("checkout", "documents"));
    }

    @Override
    public String act(Action action) {
        return switch (action) {
            case JAM -> {
                shop.pause();
                yield "the shop hangs";
            }
            case OPEN -> {
                shop.resume();
                yield "the shop goes on";
            }
            default -> throw new IllegalArgumentException(action.word());
        };
    }

    @Override
    public void close() {
        shop.close();
    }
}
