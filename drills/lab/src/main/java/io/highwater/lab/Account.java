// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom servers run as. Postgres refuses to run as root, which is what containers and many build machines are; there it
 * runs as nobody, and its folders belong to nobody.
 */
enum Account {
    /** Not root: as we are. */
    SELF(""),
    /** Root: with the identity of nobody. */
    NOBODY("setpriv --reuid=65534 --regid=65534 --clear-groups"),
    /** Root that may not change its identity: in a user namespace, where root's files look like nobody's. */
    NAMESPACE("unshare --user");

    private static final int NOBODY_ID = 65534;
    private static @Nullable Account current;

    private final String prefix;

    Account(String prefix) {
        this.prefix = prefix;
    }

    static synchronized Account current() {
        if (current == null) {
            current = choose();
        }
        return current;
    }

    /**
     * The account for a server that would run as root, too: root itself when nobody cannot reach the program, which is
     * so in a checkout below root's home.
     */
    static Account running(Path program) {
        return current().works("test", "-x", program.toString()) ? current() : SELF;
    }

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new LabException("cannot read whom this process runs as from /proc/self", e);
        }
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<String>();
        if (!prefix.isEmpty()) {
            whole.addAll(List.of(prefix.split(" ", -1)));
        }
        whole.addAll(command);
        return whole;
    }

    /** Gives a file or folder to the account. */
    void own(Path path) throws IOException {
        if (this == NOBODY) {
            Files.setAttribute(path, "unix:uid", NOBODY_ID);
            Files.setAttribute(path, "unix:gid", NOBODY_ID);
        }
    }

    boolean works(String... probed) {
        try {
            var probe = new ProcessBuilder(command(List.of(probed)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Account choose() {
        if (!isRoot()) {
            return SELF;
        }
        return Stream.of(NOBODY, NAMESPACE)
                .filter(account -> account.works("true"))
                .findFirst()
                .orElseThrow(() -> new LabException("Postgres does not run as root, and neither setpriv nor unshare"
                        + " (util-linux) works here: run as another user"));
    }
}
