// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Text in a file, and why there is none. */
final class TextFile {

    private TextFile() {}

    /** @throws IOException whose message says why, to stand after the file's name */
    static String read(Path path) throws IOException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new IOException("does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException("may not be read by this user", e);
        } catch (CharacterCodingException e) {
            throw new IOException("is not UTF-8 text", e);
        } catch (IOException e) {
            throw Files.isDirectory(path) ? new IOException("is a directory", e) : e;
        }
    }
}
