// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PEM text: certificates, and private keys in PKCS#8, PKCS#1 (RSA) and SEC 1 (EC). Messages never hold a key. */
public final class Pem {

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private Pem() {}

    private record Block(String label, String base64) {

        byte[] der(String origin) {
            try {
                return Base64.getMimeDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new PemException(origin + ": " + label + " is not base64");
            }
        }

        /** By its label, or by the headers that openssl once put before the base64. */
        boolean isEncrypted() {
            return label.equals("ENCRYPTED PRIVATE KEY") || base64.contains("ENCRYPTED");
        }
    }

    /** All certificates in their order; {@link PemException} if there is none. */
    public static List<X509Certificate> certificates(String pem, String origin) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(pem, origin)) {
            if (block.label.equals("CERTIFICATE")) {
                certificates.add(certificate(block.der(origin), origin));
            }
        }
        if (certificates.isEmpty()) {
            throw new PemException(origin + ": no certificate in it");
        }
        return certificates;
    }

    /** The first private key, which must be of its certificate's kind. */
    public static PrivateKey privateKey(String pem, PublicKey publicKey, String origin) {
        for (Block block : blocks(pem, origin)) {
            if (block.isEncrypted()) {
                throw new PemException(origin + ": an encrypted key; decrypt it");
            }
            switch (block.label) {
                case "PRIVATE KEY" -> {
                    return privateKey(block.der(origin), publicKey, origin);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return privateKey(Der.pkcs8(block.der(origin), publicKey.getEncoded()), publicKey, origin);
                }
                default -> {} // a certificate, or the EC PARAMETERS that openssl puts in front
            }
        }
        throw new PemException(origin + ": no private key in it");
    }

    private static X509Certificate certificate(byte[] der, String origin) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new PemException(origin + ": a certificate that cannot be read", e);
        }
    }

    private static PrivateKey privateKey(byte[] pkcs8, PublicKey publicKey, String origin) {
        try {
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            // Without the cause: its message may quote what it could not read.
            throw new PemException(
                    origin + ": not a private key for the certificate's " + publicKey.getAlgorithm() + " key");
        }
    }

    private static List<Block> blocks(String pem, String origin) {
        List<Block> blocks = new ArrayList<>();
        for (int begin = pem.indexOf(BEGIN); begin >= 0; begin = pem.indexOf(BEGIN, begin + 1)) {
            int labelEnd = pem.indexOf(DASHES, begin + BEGIN.length());
            String label = labelEnd < 0 ? "" : pem.substring(begin + BEGIN.length(), labelEnd);
            int end = pem.indexOf("-----END " + label + DASHES, begin);
            if (labelEnd < 0 || end < 0) {
                throw new PemException(origin + ": a PEM block without its end");
            }
            blocks.add(new Block(label, pem.substring(labelEnd + DASHES.length(), end)));
        }
        return blocks;
    }
}
