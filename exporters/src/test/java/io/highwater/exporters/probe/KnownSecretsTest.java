// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import okhttp3.Credentials;
import org.junit.jupiter.api.Test;

/** In which forms a secret is known again. */
class KnownSecretsTest {

    private static String masked(String message, List<String> secrets) {
        return KnownSecrets.of(secrets, Optional.empty()).masked(message);
    }

    @Test
    void aSecretThatBeginsWithAnotherIsMaskedWhole() {
        assertThat(masked("a sesame-2 and sesame", List.of("sesame", "sesame-2")))
                .isEqualTo("a *** and ***");
        assertThat(masked("a sesame-2 and sesame", List.of("sesame-2", "sesame")))
                .isEqualTo("a *** and ***");
    }

    @Test
    void anEncodedOneIsMasked() {
        assertThat(masked("/a%2Fb%20c?x=a%2Fb+c&y=a/b c", List.of("a/b c"))).isEqualTo("/***?x=***&y=***");
    }

    @Test
    void ofALoginThePasswordIsMaskedAndWhatItIsSentAs() {
        var basic = Credentials.basic("me", "open:sesame");

        assertThat(KnownSecrets.of(List.of(), Optional.of(basic)).masked("open:sesame " + basic))
                .isEqualTo("*** Basic ***");
        assertThat(KnownSecrets.of(List.of(), Optional.of("Bearer tok")).masked("Bearer tok"))
                .isEqualTo("Bearer ***");
    }

    @Test
    void anEmptyOneMasksNothing() {
        assertThat(masked("all is well", List.of(""))).isEqualTo("all is well");
    }
}
