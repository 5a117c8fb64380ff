// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {

    private final PromptSockets sockets = new PromptSockets();

    @Test
    void noSocketKeepsSmallWritesBack() throws Exception {
        var here = InetAddress.getLoopbackAddress();
        try (var server = new ServerSocket(0, 5, here);
                var unconnected = sockets.createSocket();
                var byAddress = sockets.createSocket(here, server.getLocalPort());
                var byName = sockets.createSocket(here.getHostAddress(), server.getLocalPort());
                var fromAddress = sockets.createSocket(here, server.getLocalPort(), here, 0);
                var fromName = sockets.createSocket(here.getHostAddress(), server.getLocalPort(), here, 0)) {
            for (var socket : new Socket[] {unconnected, byAddress, byName, fromAddress, fromName}) {
                assertThat(socket.getTcpNoDelay()).isTrue();
            }
        }
    }
}
