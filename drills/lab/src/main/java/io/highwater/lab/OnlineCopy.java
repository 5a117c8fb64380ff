// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A copy of the data directory of a running server, as pg_basebackup makes one (the packed programs have none). The
 * copy streams the WAL it needs from its source, so WAL is not copied.
 *
 * <p>Source: "Making a Base Backup Using the Low Level API", Postgres documentation.
 */
final class OnlineCopy {

    /** Folders that are copied empty: rebuilt at start, or of no use to another server. */
    private static final Set<Path> EMPTIED = Set.of(
            Path.of("pg_dynshmem"),
            Path.of("pg_notify"),
            Path.of("pg_replslot"),
            Path.of("pg_serial"),
            Path.of("pg_snapshots"),
            Path.of("pg_stat_tmp"),
            Path.of("pg_subtrans"),
            Path.of("pg_wal"));

    private static final Set<Path> LEFT_OUT = Set.of(
            Path.of("backup_label"),
            Path.of("postmaster.opts"),
            Path.of("postmaster.pid"),
            Path.of("standby.signal"),
            Path.of("tablespace_map"));

    /** Copied last: on a standby it says up to where WAL must be replayed before the copy is consistent. */
    private static final Path CONTROL = Path.of("global", "pg_control");

    private OnlineCopy() {}

    /** Copies the data of one server to another that has none, and marks it as a standby. */
    static void make(PostgresServer from, PostgresServer to) {
        try (var connection = from.connection()) {
            boolean old = from.major() < 15;
            query(connection, old ? "pg_start_backup('lab', true, false)" : "pg_backup_start('lab', true)");
            copyFiles(from.dataDirectory(), to.dataDirectory());
            var label = query(connection, old ? "pg_stop_backup(false, false)" : "pg_backup_stop(false)");
            to.directory().write("backup_label", label);
            to.directory().write("standby.signal", "");
        } catch (SQLException | IOException e) {
            throw new LabException("cannot copy " + from + " to " + to.name(), e);
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        var account = Account.current();
        FileTree.copy(from, to, account, OnlineCopy::isLeftOut);
        FileTree.copyOne(from.resolve(CONTROL), to.resolve(CONTROL), account);
    }

    private static boolean isLeftOut(Path relative) {
        var parent = relative.getParent();
        return LEFT_OUT.contains(relative)
                || relative.equals(CONTROL)
                || (parent != null && EMPTIED.contains(parent))
                || relative.getFileName().toString().startsWith("pgsql_tmp");
    }

    /** The function's only column, or its column labelfile. */
    private static String query(Connection connection, String call) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + call)) {
            rows.next();
            return rows.getString(rows.getMetaData().getColumnCount() == 1 ? 1 : 2);
        }
    }
}
