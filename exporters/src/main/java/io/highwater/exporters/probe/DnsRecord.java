// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

/**
 * One record of an answer.
 *
 * @param name that it is of, with its last dot
 * @param type by its name, or as TYPE65 for one that we do not read
 * @param data as zone files have it
 */
record DnsRecord(String name, int ttl, String type, String data) {

    /** A line of a zone file, which is what rules are matched with. */
    @Override
    public String toString() {
        return name + "\t" + ttl + "\tIN\t" + type + "\t" + data;
    }
}
