// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The temporary folder of one server, with its settings, its data and its log.
 *
 * @param home belongs to the account
 */
record ServerFolder(Path home, Account account) {

    static ServerFolder create(String name, Account account) {
        try {
            var home = Files.createTempDirectory("highwater-" + name + "-");
            account.own(home);
            return new ServerFolder(home, account);
        } catch (IOException e) {
            throw new LabException("cannot make a folder for " + name, e);
        }
    }

    Path log() {
        return home.resolve("server.log");
    }

    /** A file that only the server can read: it may hold passwords. */
    Path write(String file, String content) {
        var path = home.resolve(file);
        try {
            Files.writeString(path, content);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            account.own(path);
            return path;
        } catch (IOException e) {
            throw new LabException("cannot write " + path, e);
        }
    }

    /** A folder in it, which may be there already, and those that it is in. */
    Path directory(String name) {
        var path = home;
        try {
            for (var part : Path.of(name)) {
                path = path.resolve(part);
                Files.createDirectories(path);
                account.own(path);
            }
            return path;
        } catch (IOException e) {
            throw new LabException("cannot make " + home.resolve(name), e);
        }
    }

    void delete() {
        try {
            FileTree.delete(home);
        } catch (IOException e) {
            throw new LabException("cannot delete " + home, e);
        }
    }
}
