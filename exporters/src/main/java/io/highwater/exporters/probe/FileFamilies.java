// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.gauge;

import io.highwater.core.Family;
import java.util.List;

/** What is told of a file; never what is in it, but for when its certificates expire. */
final class FileFamilies {

    static final Family PRESENT =
            gauge("probe_file_present", "Whether the file is there.").from("stat");
    static final Family READABLE =
            gauge("probe_file_readable", "Whether the agent can read the file.").from("access, open");
    static final Family SIZE =
            gauge("probe_file_size_bytes", "How large the file is.").from("stat");
    static final Family MODIFIED = gauge(
                    "probe_file_modified_timestamp_seconds", "When the file was written last, in seconds since 1970.")
            .from("stat");
    static final Family TOO_OPEN = gauge("probe_file_too_open", "Whether the file is open to others than it may be.")
            .from("stat; mode in the configuration");
    static final Family CERTIFICATES = gauge("probe_file_certificates", "How many certificates are in the file.")
            .from("the file, PEM or PKCS#12");
    static final Family KEYS = gauge("probe_file_private_keys", "How many private keys are in the file.")
            .from("the file, PEM, PKCS#12 or JWK");
    static final Family EXPIRY = gauge(
                    "probe_file_earliest_expiry_timestamp_seconds",
                    "When the first of the file's certificates expires, in seconds since 1970.")
            .from("the file, PEM or PKCS#12");

    static final List<Family> ALL = List.of(PRESENT, READABLE, SIZE, MODIFIED, TOO_OPEN, CERTIFICATES, KEYS, EXPIRY);

    private FileFamilies() {}
}
