// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

import io.highwater.lab.FreePort;
import io.highwater.lab.HostilePostgres;
import io.highwater.lab.HostileServer;
import io.highwater.lab.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Ten ports of servers that hang, refuse or send garbage, each in a way of its own. */
final class BrokenServers implements AutoCloseable {

    private final List<TcpProxy> lost;
    private final List<HostileServer> hostile;
    private final List<Integer> refusing = List.of(FreePort.next(), FreePort.next());

    private BrokenServers(List<TcpProxy> lost, List<HostileServer> hostile) {
        this.lost = lost;
        this.hostile = hostile;
    }

    /** @param server a true one, which two of the ten lose when they are frozen */
    static BrokenServers start(int server) {
        return new BrokenServers(
                List.of(new TcpProxy(server), new TcpProxy(server)),
                List.of(
                        HostileServer.silent(),
                        HostileServer.closing(),
                        HostileServer.garbage(),
                        HostileServer.dripping(Duration.ofMillis(100), new byte[1000]),
                        HostilePostgres.hangingInReply(),
                        HostilePostgres.dyingInReply()));
    }

    List<Integer> ports() {
        var ports = new ArrayList<Integer>(refusing);
        lost.forEach(proxy -> ports.add(proxy.port()));
        hostile.forEach(server -> ports.add(server.port()));
        return ports;
    }

    /** No byte gets through any more to the two that worked until now. */
    void freeze() {
        lost.forEach(proxy -> proxy.mode(TcpProxy.Mode.FREEZE));
    }

    @Override
    public void close() {
        Stream.concat(lost.stream(), hostile.stream()).forEach(BrokenServers::close);
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("could not close " + server + ": " + e.getMessage());
        }
    }
}
