// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {

    @ParameterizedTest
    @CsvSource({"RSA,2048,RSA", "EC,256,EC", "EC,384,EC", "EC,521,EC", "Ed25519,255,"})
    void readsPrivateKeysOfEitherForm(String algorithm, int size, String bareLabel) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        KeyPair pair = generator.generateKeyPair();
        byte[] pkcs8 = pair.getPrivate().getEncoded();

        assertThat(read(pem("PRIVATE KEY", pkcs8), pair)).isEqualTo(pair.getPrivate());
        if (bareLabel != null) {
            // openssl writes the curve before the key
            String pem = pem("EC PARAMETERS", new byte[] {6, 1, 1}) + pem(bareLabel + " PRIVATE KEY", bare(pkcs8));
            assertThat(read(pem, pair)).isEqualTo(pair.getPrivate());
        }
    }

    @Test
    void saysWhatIsWrongWithoutShowingIt() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        refuses(pair, "", "here: no private key in it");
        refuses(pair, "-----BEGIN PRIVATE KEY-----\nhunter2", "here: a PEM block without its end");
        refuses(pair, "-----BEGIN PRIVATE KEY", "here: a PEM block without its end");
        refuses(
                pair,
                pem("PRIVATE KEY", "hunter2".getBytes(UTF_8)),
                "here: not a private key for the certificate's EdDSA key");
        refuses(pair, pem("ENCRYPTED PRIVATE KEY", new byte[] {1}), "here: an encrypted key; decrypt it");
        refuses(
                pair,
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----",
                "here: an encrypted key; decrypt it");
        assertThatThrownBy(() -> Pem.certificates(pem("CERTIFICATE", new byte[] {1, 2}), "here"))
                .hasMessage("here: a certificate that cannot be read");
        assertThatThrownBy(() -> Pem.certificates("", "here")).hasMessage("here: no certificate in it");
    }

    private static void refuses(KeyPair pair, String pem, String message) {
        assertThatThrownBy(() -> read(pem, pair))
                .isInstanceOf(PemException.class)
                .hasMessage(message);
    }

    private static PrivateKey read(String pem, KeyPair pair) {
        return Pem.privateKey(pem, pair.getPublic(), "here");
    }

    private static String pem(String label, byte... der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** The last element of a PKCS#8 sequence, an octet string, is the key in its own form. */
    private static byte[] bare(byte[] pkcs8) {
        int at = contentStart(pkcs8, 0);
        for (int i = 0; i < 2; i++) {
            at = end(pkcs8, at);
        }
        return Arrays.copyOfRange(pkcs8, contentStart(pkcs8, at), end(pkcs8, at));
    }

    private static int contentStart(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
    }

    private static int end(byte[] der, int at) {
        int start = contentStart(der, at);
        if (start == at + 2) {
            return start + der[at + 1];
        }
        int length = 0;
        for (int i = at + 2; i < start; i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return start + length;
    }
}
