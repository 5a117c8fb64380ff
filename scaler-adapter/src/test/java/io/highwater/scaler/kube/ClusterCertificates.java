// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube;

import io.highwater.lab.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The certificates of an emulated cluster, made once for all tests. */
public final class ClusterCertificates {

    private static final String HERE = "san=ip:127.0.0.1,dns:localhost";

    /** Signs servers and users: {@code server}, {@code renewed}, {@code jane} (groups team and ops). */
    public static final Certificates CLUSTER = make(folder -> Certificates.authority(folder)
            .with("server", "CN=server", HERE)
            .with("renewed", "CN=renewed", HERE)
            .with("servers-only", "CN=jane", "eku=serverAuth")
            .with("jane", "CN=jane, O=team, O=ops"));

    /** Signs {@code front-proxy}, which the API server shows, and {@code other}, which is another program's. */
    public static final Certificates FRONT = make(folder -> Certificates.authority(folder)
            .with("front-proxy", "CN=front-proxy-client")
            .with("other", "CN=other"));

    /** What {@link #FRONT} is replaced by. */
    public static final Certificates NEXT_FRONT =
            make(folder -> Certificates.authority(folder).with("front-proxy", "CN=front-proxy-client"));

    private ClusterCertificates() {}

    @FunctionalInterface
    private interface Making {
        Certificates in(Path folder) throws Exception;
    }

    private static Certificates make(Making making) {
        try {
            Path folder = Files.createTempDirectory("certificates");
            try {
                return making.in(folder);
            } finally {
                try (var files = Files.walk(folder)) {
                    List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                    for (Path file : all) {
                        Files.delete(file);
                    }
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
