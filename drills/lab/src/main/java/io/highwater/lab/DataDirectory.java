// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The data directory of one Postgres server, in a temporary folder of its own that also holds its socket and log.
 *
 * @param home belongs to the account that servers run as
 */
record DataDirectory(Path home) {

    /** Superuser over loopback without a password, everybody else with one. */
    private static final String HBA = """
            local all         postgres              trust
            host  all         postgres 127.0.0.1/32 trust
            host  replication postgres 127.0.0.1/32 trust
            host  all         all      127.0.0.1/32 scram-sha-256
            """;

    static DataDirectory create(String name) {
        var account = Account.current();
        try {
            var home = Files.createTempDirectory("highwater-" + name + "-");
            account.own(home);
            return new DataDirectory(home);
        } catch (IOException e) {
            throw new LabException("cannot make a folder for " + name, e);
        }
    }

    Path data() {
        return home.resolve("data");
    }

    Path log() {
        return home.resolve("server.log");
    }

    /** Writes postgresql.conf and pg_hba.conf anew; a server that runs reads them at its next reload or start. */
    void configure(Map<String, String> settings) {
        write(
                "postgresql.conf",
                settings.entrySet().stream()
                        .map(setting ->
                                setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                        .collect(Collectors.joining()));
        write("pg_hba.conf", HBA);
    }

    void write(String file, String content) {
        var path = data().resolve(file);
        try {
            Files.writeString(path, content);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            Account.current().own(path);
        } catch (IOException e) {
            throw new LabException("cannot write " + path, e);
        }
    }

    /** Whether the postmaster of this pid says that it accepts connections: what pg_ctl looks at, too. */
    boolean isReady(long pid) {
        try {
            var lines = Files.readAllLines(data().resolve("postmaster.pid"));
            return lines.size() > 7
                    && lines.getFirst().strip().equals(Long.toString(pid))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException e) {
            return false; // not yet written, or just being replaced
        }
    }

    /** Deletes the data, not the log. */
    void wipe() {
        delete(data());
    }

    void delete() {
        delete(home);
    }

    private static void delete(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            throw new LabException("cannot delete " + folder, e);
        }
    }
}
