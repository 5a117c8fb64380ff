// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Disks of a few megabytes for one server, mounted where nobody else sees them, that end with it. */
final class SmallDisk {

    private static final List<String> OWN_MOUNTS = List.of("unshare", "--user", "--map-root-user", "--mount");

    private SmallDisk() {}

    /** Whether this machine lets a server have some: it needs namespaces of users. */
    static boolean isPossible() {
        return Account.current()
                .works(mounting(1, List.of(Path.of("/tmp")), List.of("true")).toArray(String[]::new));
    }

    /** The command of a server that finds an empty disk of that size in each of these folders. */
    static List<String> mounting(int megabytes, List<Path> folders, List<String> command) {
        var mounts = new StringBuilder();
        folders.forEach(folder -> mounts.append("mount -t tmpfs -o size=")
                .append(megabytes)
                .append("m tmpfs ")
                .append(folder)
                .append(" && "));
        var whole = new ArrayList<>(OWN_MOUNTS);
        whole.addAll(List.of("sh", "-c", mounts + "exec \"$@\"", "sh"));
        whole.addAll(command);
        return whole;
    }
}
