// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.IllegalBCryptFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A bcrypt hash, e.g. {@code $2y$10$…} as {@code htpasswd -nBC 10} prints it. Refuses anything else. */
record PasswordHash(String hash) {

    /** What bcrypt looks at; longer passwords are cut, as everywhere. */
    private static final int LONGEST = 72;

    PasswordHash {
        if (!isBcrypt(hash)) {
            throw new IllegalArgumentException("not a bcrypt hash; make one with: htpasswd -nBC 10 \"\"");
        }
    }

    /** Takes as long as the hash's cost says: 60 ms at 10. */
    boolean matches(byte[] password) {
        byte[] significant = password.length > LONGEST ? Arrays.copyOf(password, LONGEST) : password;
        return BCrypt.verifyer().verify(significant, bytes(hash)).verified;
    }

    private static boolean isBcrypt(String hash) {
        try {
            int cost = BCrypt.Version.VERSION_2Y.parser.parse(bytes(hash)).cost;
            return cost >= BCrypt.MIN_COST && cost <= BCrypt.MAX_COST;
        } catch (IllegalBCryptFormatException | IllegalArgumentException other) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "***";
    }
}
