// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Puts TLS on accepted connections, each as the certificate's files say at that time. */
final class ServerSockets extends SSLSocketFactory {

    private final ServerCertificate certificate;

    ServerSockets(ServerCertificate certificate) {
        this.certificate = certificate;
    }

    @Override
    public Socket createSocket(Socket accepted, @Nullable String host, int port, boolean autoClose) throws IOException {
        var socket = (SSLSocket) now().createSocket(accepted, host, port, autoClose);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(certificate.clientsNeedOne());
        return socket;
    }

    private SSLSocketFactory now() {
        return certificate.context().getSocketFactory();
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return now().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return now().getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connects();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connects();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connects();
    }

    private static UnsupportedOperationException connects() {
        return new UnsupportedOperationException("a server connects to nobody");
    }
}
