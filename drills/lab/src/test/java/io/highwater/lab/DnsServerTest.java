// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DnsServerTest {

    /** For the address of shop.example. */
    private static final byte[] QUESTION =
            HexFormat.of().parseHex("1234010000010000000000000473686f70076578616d706c650000010001");

    @Test
    void knowsWhatItIsTold() throws Exception {
        try (var server = DnsServer.start("--host-record=shop.example,192.0.2.7");
                var socket = new DatagramSocket()) {
            socket.setSoTimeout(5000);
            socket.connect(InetAddress.getLoopbackAddress(), server.port());
            socket.send(new DatagramPacket(QUESTION, QUESTION.length));
            var answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);

            var bytes = Arrays.copyOf(answer.getData(), answer.getLength());
            assertThat(HexFormat.of().formatHex(bytes)).startsWith("1234").endsWith("c0000207");
        }
    }
}
