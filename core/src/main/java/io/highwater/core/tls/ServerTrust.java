// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Decides whether a server's certificate is one that we accept, as far as {@link ClientTls.Verify} goes. */
final class ServerTrust extends X509ExtendedTrustManager {

    private final ClientTls.Verify verify;
    private final X509ExtendedTrustManager authorities;

    private ServerTrust(ClientTls.Verify verify, X509ExtendedTrustManager authorities) {
        this.verify = verify;
        this.authorities = authorities;
    }

    /** @param authorities whom to trust; empty for whom the JDK trusts */
    static ServerTrust of(ClientTls.Verify verify, List<X509Certificate> authorities) throws GeneralSecurityException {
        return new ServerTrust(verify, Authorities.trust(authorities));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        if (verify == ClientTls.Verify.FULL && socket instanceof SSLSocket secured) {
            secured.setSSLParameters(checkingHost(secured.getSSLParameters()));
        }
        if (verify != ClientTls.Verify.NONE) {
            authorities.checkServerTrusted(chain, authType, socket);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        if (verify == ClientTls.Verify.FULL && engine != null) {
            engine.setSSLParameters(checkingHost(engine.getSSLParameters()));
        }
        if (verify != ClientTls.Verify.NONE) {
            authorities.checkServerTrusted(chain, authType, engine);
        }
    }

    private static SSLParameters checkingHost(SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    /** Without a connection there is no host to check. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (verify == ClientTls.Verify.FULL) {
            throw new CertificateException("the host is not known here");
        }
        if (verify != ClientTls.Verify.NONE) {
            authorities.checkServerTrusted(chain, authType);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("we are the client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
