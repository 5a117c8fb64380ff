// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Who works on one server's databases. Every call is a session of its own, so that restarts and crashes in between do
 * not matter.
 *
 * @param server its name, for messages
 */
record Superuser(String server, int port) {

    static final String NAME = "postgres";

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connection() throws SQLException {
        return connection(NAME, "");
    }

    Connection connection(String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(url("postgres"), properties);
    }

    void execute(String sql) {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LabException(server + ": " + e.getMessage() + "\nin: " + sql, e);
        }
    }

    String value(String sql) {
        try (var connection = connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var first = rows.next() ? rows.getString(1) : null;
            return first == null ? "" : first;
        } catch (SQLException e) {
            throw new LabException(server + ": " + e.getMessage() + "\nin: " + sql, e);
        }
    }

    /** The server does the quoting; neither the password nor the statement with it gets into a message. */
    void createMonitor(String user, String password) {
        try (var connection = connection();
                var format = connection.prepareStatement("SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', ?, ?),"
                        + " format('GRANT pg_monitor TO %I', ?)");
                var statement = connection.createStatement()) {
            format.setString(1, user);
            format.setString(2, password);
            format.setString(3, user);
            try (var commands = format.executeQuery()) {
                commands.next();
                statement.execute(commands.getString(1));
                statement.execute(commands.getString(2));
            }
        } catch (SQLException e) {
            throw new LabException(server + ": cannot create the role " + user + ": " + e.getMessage(), e);
        }
    }
}
