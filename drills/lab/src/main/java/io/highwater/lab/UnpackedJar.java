// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The cached folder of a jar that holds one .txz. Unpacked beside its place under a file lock and then renamed, so that
 * two JVMs at once, or one that is killed half-way, leave a whole folder or none.
 */
final class UnpackedJar {

    private static final Set<PosixFilePermission> EVERYBODY_READS = PosixFilePermissions.fromString("rwxr-xr-x");

    private UnpackedJar() {}

    /** The folder's name holds the content's checksum: a newer minor version gets a folder of its own. */
    static synchronized Path of(Path jar) {
        try (var zip = new ZipFile(jar.toFile())) {
            var archive = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new LabException("no .txz in " + jar));
            var cache = cache();
            var name = jar.getFileName().toString().replace(".jar", "") + "-" + Long.toHexString(archive.getCrc());
            var folder = cache.resolve(name);
            if (!Files.isDirectory(folder)) {
                unpackOnce(zip, archive, folder, cache.resolve(name + ".lock"));
            }
            return folder;
        } catch (IOException e) {
            throw new LabException("cannot unpack " + jar, e);
        }
    }

    /** Root's home is closed to the account that servers run as, hence the system's cache. */
    private static Path cache() throws IOException {
        var property = System.getProperty("highwater.cache");
        var home = Path.of(System.getProperty("user.home"), ".cache", "highwater");
        var cache = property != null ? Path.of(property) : Account.isRoot() ? Path.of("/var/cache/highwater") : home;
        createFolder(cache.toAbsolutePath());
        return cache.toAbsolutePath();
    }

    private static void unpackOnce(ZipFile zip, ZipEntry archive, Path folder, Path lockFile) throws IOException {
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (Files.isDirectory(folder)) {
                return; // another JVM did it while we waited for the lock
            }
            var partial = folder.resolveSibling(folder.getFileName() + ".partial");
            FileTree.delete(partial);
            createFolder(partial);
            unpack(zip.getInputStream(archive), partial);
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, folder);
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path folder) throws IOException {
        var path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
            throw new IOException("an entry that leaves the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            createFolder(path);
            return;
        }
        createFolder(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
    }

    /** Readable by everybody, whatever the umask. */
    private static void createFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            createFolder(folder.getParent());
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, EVERYBODY_READS);
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        boolean program = (mode & 0100) != 0;
        return program ? EVERYBODY_READS : PosixFilePermissions.fromString("rw-r--r--");
    }
}
