// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Where a certificate, a key or a token is from. Prints no content. */
sealed interface Source {

    /** As it is now. */
    String text() throws ApiServerException;

    /** The file whose change changes the text. */
    Optional<Path> file();

    record InFile(Path path) implements Source {
        @Override
        public String text() throws ApiServerException {
            try {
                return Files.readString(path).strip();
            } catch (NoSuchFileException e) {
                throw new ApiServerException(path + ": does not exist", e);
            } catch (IOException e) {
                throw new ApiServerException(path + ": " + e.getMessage(), e);
            }
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** @param place where it was found, for messages */
    record InPlace(String text, String place) implements Source {

        static InPlace base64(String data, String place) throws ApiServerException {
            try {
                return new InPlace(new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8), place);
            } catch (IllegalArgumentException e) {
                throw new ApiServerException(place + ": is not base64");
            }
        }

        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return place;
        }
    }
}
