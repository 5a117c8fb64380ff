// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.s3;

import io.highwater.core.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why a request to a store failed: a closed set, fit for a label, and what it is called where all exporters meet. */
enum FailureReason {
    /** No answer before the deadline. */
    TIMEOUT(Reason.TIMEOUT),
    /** The endpoint's name has no address. */
    RESOLVE(Reason.REFUSED),
    /** Nobody listens there, or the way there is closed. */
    REFUSED(Reason.REFUSED),
    /** The certificate is not to be trusted, or there is no common language. */
    TLS(Reason.AUTH),
    /** The store does not know the access key, or the secret key is another one. */
    AUTH(Reason.AUTH),
    /** The store knows us, and we may not do that. */
    DENIED(Reason.AUTH),
    /** Our clock and the store's are too far apart for signatures. */
    CLOCK_SKEW(Reason.AUTH),
    /** There is no such bucket. */
    NO_BUCKET(Reason.PROTOCOL),
    /** The store takes no writes from anybody: it has lost its write quorum. */
    READ_ONLY(Reason.PROTOCOL),
    /** No room is left, or a quota is used up. */
    FULL(Reason.PROTOCOL),
    /** The store asks for fewer requests. */
    THROTTLED(Reason.PROTOCOL),
    /** The store, or what stands in front of it, cannot answer now. */
    UNAVAILABLE(Reason.PROTOCOL),
    /** What was just written is not there. */
    MISSING(Reason.PROTOCOL),
    /** What came back is not what was written. */
    CHECKSUM(Reason.PROTOCOL),
    /** Somebody else is to be asked: mostly another region. */
    REDIRECT(Reason.PROTOCOL),
    /** An answer that S3 does not have. */
    PROTOCOL(Reason.PROTOCOL);

    /** Codes of S3, and those that servers have beside them. */
    private static final Map<String, FailureReason> BY_CODE = Map.ofEntries(
            Map.entry("AccessDenied", DENIED),
            Map.entry("AllAccessDisabled", DENIED),
            Map.entry("AccountProblem", DENIED),
            Map.entry("InvalidAccessKeyId", AUTH),
            Map.entry("SignatureDoesNotMatch", AUTH),
            Map.entry("InvalidToken", AUTH),
            Map.entry("ExpiredToken", AUTH),
            Map.entry("AuthorizationHeaderMalformed", AUTH),
            Map.entry("RequestTimeTooSkewed", CLOCK_SKEW),
            Map.entry("RequestExpired", CLOCK_SKEW),
            Map.entry("NoSuchBucket", NO_BUCKET),
            Map.entry("NoSuchKey", MISSING),
            Map.entry("NoSuchVersion", MISSING),
            Map.entry("SlowDownWrite", READ_ONLY),
            Map.entry("XMinioStorageFull", FULL),
            Map.entry("XMinioAdminBucketQuotaExceeded", FULL),
            Map.entry("QuotaExceeded", FULL),
            Map.entry("InsufficientStorage", FULL),
            Map.entry("SlowDown", THROTTLED),
            Map.entry("TooManyRequests", THROTTLED),
            Map.entry("SlowDownRead", UNAVAILABLE),
            Map.entry("InternalError", UNAVAILABLE),
            Map.entry("ServiceUnavailable", UNAVAILABLE),
            Map.entry("XMinioServerNotInitialized", UNAVAILABLE),
            Map.entry("BadDigest", CHECKSUM),
            Map.entry("XAmzContentSHA256Mismatch", CHECKSUM),
            Map.entry("PermanentRedirect", REDIRECT),
            Map.entry("TemporaryRedirect", REDIRECT));

    private final Reason reason;

    FailureReason(Reason reason) {
        this.reason = reason;
    }

    /** What an answer without success means, by its code, or by its status when it has none that is known. */
    static FailureReason of(int status, Optional<String> code) {
        var known = code.map(BY_CODE::get);
        return known.orElseGet(() -> ofStatus(status));
    }

    private static FailureReason ofStatus(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> REDIRECT;
            case 401 -> AUTH;
            case 403 -> DENIED;
            case 404 -> MISSING;
            case 429 -> THROTTLED;
            case 507 -> FULL;
            case 500, 502, 503, 504 -> UNAVAILABLE;
            default -> PROTOCOL;
        };
    }

    Reason reason() {
        return reason;
    }

    /** The value of the label {@code reason}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
