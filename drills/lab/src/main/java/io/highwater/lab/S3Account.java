// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

/** Whom an S3 server knows: a name and the secret that signs. */
public record S3Account(String accessKey, String secretKey) {

    /** The same name with a secret that is not its own. */
    public S3Account withWrongSecret() {
        return new S3Account(accessKey, secretKey + "-wrong");
    }

    @Override
    public String toString() {
        return accessKey;
    }
}
