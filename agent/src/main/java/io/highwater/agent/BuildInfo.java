// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which build of the program this is, and what it runs on. */
public final class BuildInfo implements IVersionProvider {

    private static final Properties BUILD = read();

    private static Properties read() {
        var build = new Properties();
        try (var in = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
            return build;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String version() {
        return BUILD.getProperty("version", "unknown");
    }

    /** The commit that it was built from, when the build was told. */
    public static String revision() {
        return BUILD.getProperty("revision", "unknown");
    }

    public static String jdk() {
        return Runtime.version().toString();
    }

    /** Everything on one line. */
    public static String line() {
        return "highwater, version " + version() + " (revision: " + revision() + "), jdk " + jdk();
    }

    /** As Prometheus' own programs say it. */
    @Override
    public String[] getVersion() {
        return new String[] {
            "highwater, version " + version() + " (revision: " + revision() + ")",
            "  jdk:       " + jdk() + " (" + System.getProperty("java.vendor") + ")",
            "  platform:  " + System.getProperty("os.name") + "/" + System.getProperty("os.arch")
        };
    }
}
