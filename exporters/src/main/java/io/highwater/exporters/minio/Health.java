// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.minio;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.exporters.client.http.HttpLink;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/** One server's health endpoints, which want no login. */
final class Health {

    /** What a server says to a question of its health. */
    enum Verdict {
        YES,
        NO,
        /** It did not say in time, as while another one hangs, or has not counted, as while it starts. */
        UNKNOWN;

        Verdict orBetter(Verdict other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }

    /** Is with every verdict that comes of counting drives; what lacks it is not MinIO, or not ready. */
    private static final String WRITE_QUORUM = "X-Minio-Write-Quorum";

    private static final String READ_QUORUM = "X-Minio-Read-Quorum";

    /** Drives that are being filled again; while there are any, no node is to be taken down. */
    private static final String HEALING = "X-Minio-Healing-Drives";

    private final HttpUrl server;

    Health(HttpUrl server) {
        this.server = server;
    }

    /** Returns when the server is there. */
    void live(HttpLink.Visit visit) throws CollectionException {
        var url = url("live");
        visit.send(request(url), url.encodedPath(), response -> {
            if (response.code() != 200) {
                throw HttpLink.unexpected(url.encodedPath(), response.code());
            }
            return response.code();
        });
    }

    Verdict writable(HttpLink.Visit visit, Duration limit) throws CollectionException {
        return ask(visit, limit, url("cluster"), WRITE_QUORUM);
    }

    Verdict readable(HttpLink.Visit visit, Duration limit) throws CollectionException {
        return ask(visit, limit, url("cluster/read"), READ_QUORUM);
    }

    private static Verdict ask(HttpLink.Visit visit, Duration limit, HttpUrl url, String proof)
            throws CollectionException {
        try {
            return visit.send(request(url), limit, url.encodedPath(), response -> verdict(response, url, proof));
        } catch (CollectionException e) {
            if (e.reason() == Reason.TIMEOUT) {
                return Verdict.UNKNOWN;
            }
            throw e;
        }
    }

    private static Verdict verdict(Response response, HttpUrl url, String proof) throws CollectionException {
        return switch (response.code()) {
            case 200 -> {
                checkOfMinio(response, url, proof);
                yield Verdict.YES;
            }
            case 503 -> response.header(proof) == null ? Verdict.UNKNOWN : Verdict.NO;
            default -> throw HttpLink.unexpected(url.encodedPath(), response.code());
        };
    }

    /** Whether the server may be taken down now; asks nothing of others that they log. */
    Maintenance maintenance(HttpLink.Visit visit) throws CollectionException {
        var url = url("cluster")
                .newBuilder()
                .addQueryParameter("maintenance", "true")
                .build();
        return visit.send(request(url), url.encodedPath(), response -> switch (response.code()) {
            case 200, 412 -> {
                checkOfMinio(response, url, WRITE_QUORUM);
                yield new Maintenance(response.code() == 200, response.header(HEALING) != null);
            }
            default -> throw HttpLink.unexpected(url.encodedPath(), response.code());
        });
    }

    private static void checkOfMinio(Response response, HttpUrl url, String proof) throws CollectionException {
        if (response.header(proof) == null) {
            throw new CollectionException(
                    Reason.PROTOCOL, url.encodedPath() + " answered without " + proof + ", so it is not MinIO's");
        }
    }

    private HttpUrl url(String what) {
        return server.newBuilder().encodedPath("/minio/health/" + what).build();
    }

    private static Request request(HttpUrl url) {
        return new Request.Builder().url(url).build();
    }
}
