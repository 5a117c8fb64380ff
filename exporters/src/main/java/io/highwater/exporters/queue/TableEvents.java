// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of BullMQ 6's queues in Postgres, read from where they ended when the queue was first seen. */
final class TableEvents {

    /** What they told of a queue, and up to which they were read. */
    private static final class Read {
        final JobHistory history;
        long cursor;

        Read(JobHistory history, long cursor) {
            this.history = history;
            this.cursor = cursor;
        }
    }

    private final String schema;
    private final QueueFamilies families;
    private final int jobs;
    private final Map<String, Read> queues = new HashMap<>();
    private boolean began;

    /** @param jobs how many waiting and running jobs of a queue are remembered */
    TableEvents(String schema, QueueFamilies families, int jobs) {
        this.schema = schema;
        this.families = families;
        this.jobs = jobs;
    }

    void forget() {
        queues.clear();
        began = false;
    }

    JobHistory of(String queue) {
        return known(queue).history;
    }

    /** Reads what happened; of a queue that is new all of it, of those that there were before only what comes. */
    void read(Connection connection, List<String> names) throws SQLException {
        queues.keySet().retainAll(names);
        var known = names.stream().filter(queues::containsKey).toArray(String[]::new);
        readOn(connection, known);
        var fresh = names.stream().filter(queue -> !queues.containsKey(queue)).toArray(String[]::new);
        if (began) {
            for (var queue : fresh) {
                queues.put(queue, new Read(new JobHistory(families), 0));
            }
            readOn(connection, fresh);
        } else {
            begin(connection, fresh);
        }
        began = true;
    }

    private void begin(Connection connection, String[] names) throws SQLException {
        try (var statement = connection.prepareStatement(TableQuery.LAST_EVENTS.in(schema))) {
            statement.setArray(1, connection.createArrayOf("text", names));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var of = new Read(new JobHistory(families), rows.getLong(2));
                    of.history.begin(true, false, jobs);
                    queues.put(rows.getString(1), of);
                }
            }
        }
    }

    private void readOn(Connection connection, String[] names) throws SQLException {
        if (names.length == 0) {
            return;
        }
        var cursors = new Long[names.length];
        for (int i = 0; i < names.length; i++) {
            var of = known(names[i]);
            cursors[i] = of.cursor;
            of.history.begin(true, false, jobs);
        }
        try (var statement = connection.prepareStatement(TableQuery.EVENTS.in(schema))) {
            statement.setArray(1, connection.createArrayOf("text", names));
            statement.setArray(2, connection.createArrayOf("bigint", cursors));
            try (var rows = statement.executeQuery()) {
                String last = "";
                while (rows.next()) {
                    var queue = rows.getString("queue");
                    happened(rows, known(queue), !queue.equals(last));
                    last = queue;
                }
            }
        }
    }

    private void happened(ResultSet row, Read of, boolean first) throws SQLException {
        if (first && of.cursor > 0 && row.getLong("first_id") > of.cursor) {
            of.history.begin(true, true, jobs);
        }
        of.cursor = row.getLong("id");
        var job = row.getString("job");
        of.history.happened(row.getString("event"), job == null ? "" : job, (double) row.getLong("created_at_ms"));
    }

    private Read known(String queue) {
        return queues.computeIfAbsent(queue, _ -> new Read(new JobHistory(families), 0));
    }
}
