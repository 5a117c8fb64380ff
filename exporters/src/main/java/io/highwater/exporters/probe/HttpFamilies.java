// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static io.highwater.core.Family.compatible;

import io.highwater.core.Family;
import io.highwater.core.Family.Kind;
import java.util.List;
import java.util.stream.Stream;

/** What an HTTP probe tells. */
final class HttpFamilies {

    static final Family STATUS =
            family("probe_http_status_code", "Status of the last answer.").from("the status line");
    static final Family PHASE = family(
                    "probe_http_duration_seconds", "How long each phase took, summed over all redirects.")
            .from("the agent's clock; resolve, connect, tls, processing, transfer")
            .by("phase");
    static final Family CONTENT_LENGTH = family(
                    "probe_http_content_length", "Length of the last answer's body as it says itself, compressed.")
            .from("Content-Length");
    static final Family BODY_LENGTH = family(
                    "probe_http_uncompressed_body_length",
                    "Length of the last answer's body as it was read, decompressed.")
            .from("the body");
    static final Family REDIRECTS =
            family("probe_http_redirects", "Redirects that were followed.").from("the answers");
    static final Family SSL =
            family("probe_http_ssl", "Whether the last answer came over TLS.").from("the last connection");
    static final Family VERSION = family("probe_http_version", "Version of HTTP of the last answer: 1.0, 1.1 or 2.")
            .from("the last answer");
    static final Family LAST_MODIFIED = family(
                    "probe_http_last_modified_timestamp_seconds", "When the last answer's content changed, since 1970.")
            .from("Last-Modified");

    static final List<Family> ALL = Stream.of(
                    List.of(
                            STATUS,
                            PHASE,
                            CONTENT_LENGTH,
                            BODY_LENGTH,
                            REDIRECTS,
                            SSL,
                            VERSION,
                            LAST_MODIFIED,
                            TcpProber.FAILED_DUE_TO_REGEX,
                            NetworkFamilies.LOOKUP,
                            NetworkFamilies.IP_PROTOCOL),
                    CertificateFamilies.ALL)
            .flatMap(List::stream)
            .toList();

    private static Family family(String name, String help) {
        return compatible(name, Kind.GAUGE, help);
    }

    private HttpFamilies() {}
}
