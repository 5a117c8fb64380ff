// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

import org.junit.jupiter.api.Tag;

/** The same with the oldest servers, which tell less. */
@Tag("every-version")
class OldServersFailoverTest extends FailoverTest {

    @Override
    String version() {
        return "2.9";
    }
}
