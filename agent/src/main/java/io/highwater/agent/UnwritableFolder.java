// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What a command says when it cannot write where it was told to. */
final class UnwritableFolder {

    private UnwritableFolder() {}

    static String message(Path folder, IOException why) {
        return "FAILED: cannot write to " + folder + ": " + reason(why);
    }

    private static String reason(IOException why) {
        return switch (why) {
            case AccessDeniedException denied -> denied.getFile() + " may not be written by this user";
            case FileAlreadyExistsException taken -> taken.getFile() + " is a file, and a folder is needed";
            case FileSystemException other when other.getReason() != null -> other.getFile() + ": " + other.getReason();
            default -> String.valueOf(why.getMessage());
        };
    }
}
