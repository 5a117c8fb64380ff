// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.util.Comparator;

/**
 * Where something stands in the configuration.
 *
 * @param file as it was named by the user; empty when it is no file's fault
 * @param line from 1; 0 for the file as a whole
 * @param column from 1
 * @param path the keys that lead there, e.g. {@code clusters.orders-db.postgres}
 */
public record Place(String file, int line, int column, String path) implements Comparable<Place> {

    static final Place NOWHERE = new Place("", 0, 0, "");

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::file).thenComparingInt(Place::line).thenComparingInt(Place::column);

    static Place of(String file) {
        return new Place(file, 0, 0, "");
    }

    Place at(int newLine, int newColumn) {
        return new Place(file, newLine, newColumn, path);
    }

    /** The place of a key that is not written, though it could be here. */
    Place key(String name) {
        return new Place(file, line, column, path.isEmpty() ? name : path + "." + name);
    }

    Place item(int index) {
        return new Place(file, line, column, path + "[" + index + "]");
    }

    /** Without the path: {@code highwater.yaml:12:7}. */
    String position() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? position() : position() + ": " + path;
    }
}
