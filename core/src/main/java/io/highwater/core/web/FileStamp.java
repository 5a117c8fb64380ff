// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By what a file's content is known to be another. Follows links, as Kubernetes swaps one to change a secret.
 *
 * @param key the inode, where there is one
 */
public record FileStamp(
        Path path, FileTime changed, long size, @Nullable Object key) {

    /** Of a file that is not there: different from all others. */
    public static FileStamp of(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(path, file.lastModifiedTime(), file.size(), file.fileKey());
        } catch (IOException absent) {
            return new FileStamp(path, FileTime.fromMillis(0), -1, null);
        }
    }
}
