// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The servers that the bench's scripts measure against: {@code postgres 15}, {@code redis}, {@code nats}, {@code
 * queues 500} or {@code web}. Prints where they are as one line of JSON, then answers each line that it reads with one; at the end of its input it stops
 * everything.
 */
final class LabMain {

    private LabMain() {}

    public static void main(String[] args) throws IOException, SQLException {
        try (var lab = start(args)) {
            System.out.println(lab.describe());
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(lab.obey(line.strip()));
            }
        }
    }

    private static Lab start(String[] args) throws SQLException {
        return switch (args[0]) {
            case "postgres" -> PostgresLab.start(Integer.parseInt(args[1]));
            case "redis" -> RedisLab.start();
            case "nats" -> NatsLab.start();
            case "queues" -> QueuesLab.start(Integer.parseInt(args[1]));
            case "web" -> WebLab.start();
            default -> throw new IllegalArgumentException("no lab " + args[0]);
        };
    }
}
