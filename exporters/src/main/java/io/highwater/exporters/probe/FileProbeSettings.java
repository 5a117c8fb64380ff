// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import io.highwater.core.Secret;
import io.highwater.core.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A file of the machine that the agent runs on, and what it is to be. */
public record FileProbeSettings(
        @Doc("where it is") Path path,

        @Doc("what it is: pem, pkcs12, jwk, any") @Default("any")
        Content content,

        @Doc("the password of a PKCS#12 file; without one, nothing of it is read")
        Optional<Secret> password,

        @Doc("whom it may be open to at most, as chmod's number: 0600 for its owner alone; any when left out")
        Optional<String> mode,

        @Doc("how long ago it may have been written; any when left out")
        Optional<Duration> maxAge,

        @Doc("how long its certificates are to be valid yet; the probe fails before they expire") @Default("0s")
        Duration validFor)
        implements ProberSettings {

    /** What is looked for in a file. */
    public enum Content {
        /** Certificates or private keys, or both. */
        PEM,
        /** Certificates and private keys, with a password. */
        PKCS12,
        /** A key in JSON, or several: a wallet. */
        JWK,
        /** Nothing is looked for, and nothing is read. */
        ANY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public FileProbeSettings {
        if (mode.isPresent() && !mode.get().matches("0?[0-7]{3}")) {
            throw new IllegalArgumentException("mode: write three octal digits such as 0600");
        }
        if (password.isPresent() && content != Content.PKCS12) {
            throw new IllegalArgumentException("password: only content: pkcs12 has one");
        }
    }

    Optional<Integer> mostMode() {
        return mode.map(text -> Integer.parseInt(text, 8));
    }

    /** What is beside a service: users do not see it. */
    @Override
    public boolean isOfService() {
        return false;
    }

    @Override
    public Prober open(Target target) {
        return new FileProber(this);
    }
}
