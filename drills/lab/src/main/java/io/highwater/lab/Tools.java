// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that {@code scripts/tools} fills with programs; the system property {@value NatsBinaries#FOLDER_PROPERTY} says where it is. */
final class Tools {

    private Tools() {}

    /** Of a package for Node.js or Python. */
    static Path folder(String name) {
        return Path.of(System.getProperty(NatsBinaries.FOLDER_PROPERTY, ".tools/bin"), name)
                .toAbsolutePath();
    }

    static Path program(String name) {
        var program = Path.of(System.getProperty(NatsBinaries.FOLDER_PROPERTY, ".tools/bin"), name);
        if (!Files.isExecutable(program)) {
            throw new LabException("no " + program.toAbsolutePath() + "; scripts/tools fetches it");
        }
        return program.toAbsolutePath();
    }
}
