// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench;

/** Servers that a script of the bench measures against. */
interface Lab extends AutoCloseable {

    /** Where they are, as one line of JSON. */
    String describe();

    /**
     * Does what one line says.
     *
     * @return a line of JSON
     */
    String obey(String order);

    @Override
    void close();

    /** For an order that there is not. */
    static String unknown(String order) {
        return "{\"error\": \"no order '" + order + "'\"}";
    }
}
