// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One real node of a blockchain of its own that speaks Ethereum's JSON-RPC, ganache, on a free port of 127.0.0.1. A block
 * is made when it is asked for.
 */
public final class DevChain extends ListeningServer {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    private DevChain(int port) {
        super("ganache", Account.SELF, command(port), Map.of(), port);
        this.port = port;
    }

    private static List<String> command(int port) {
        var program = Tools.folder("ganache-7").resolve("node_modules/ganache/dist/node/cli.js");
        if (!Files.isReadable(program)) {
            throw new LabException("no " + program + "; scripts/tools fetches it");
        }
        return List.of(
                "node",
                program.toString(),
                "--server.host=127.0.0.1",
                "--server.port=" + port,
                "--wallet.totalAccounts=1",
                "--logging.quiet");
    }

    /** Returns when it takes connections. Its first block, of height 0, is of now. */
    public static DevChain start() {
        var chain = new DevChain(FreePort.next());
        chain.launch();
        return chain;
    }

    /** Adds blocks that are of now. */
    public void mine(int blocks) {
        var request = HttpRequest.newBuilder(URI.create(url()))
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"evm_mine\", \"params\": [{\"blocks\": %d}]}"
                                .formatted(blocks)))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200 || answer.body().contains("\"error\"")) {
                throw new LabException("ganache made no block: " + answer.body());
            }
        } catch (IOException e) {
            throw new LabException("ganache does not answer:\n" + logTail(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while making a block", e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        http.close();
        super.close();
    }
}
