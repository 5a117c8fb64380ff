// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.self;

/** How Micrometer wants our names: with dots, and without the suffixes that it adds itself. */
final class Meters {

    private Meters() {}

    static String name(OwnFamily family) {
        return family.name().replaceFirst("_(total|seconds)$", "").replace('_', '.');
    }
}
