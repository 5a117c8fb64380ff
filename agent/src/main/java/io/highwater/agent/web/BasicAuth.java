// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * HTTP basic authentication against bcrypt hashes. Each user's answer is remembered by a digest, since a scraper comes
 * with the same password every few seconds; passwords are not kept. One bcrypt runs at a time, so that guessing costs
 * one core at most, and an unknown user takes as long as a wrong password.
 */
final class BasicAuth {

    private static final int REMEMBERED = 100;
    private static final String SCHEME = "basic ";

    private final Map<String, PasswordHash> users;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    // Apart, so that guesses do not push out the answers of those who know.
    private final Map<String, Boolean> accepted = new Recent();
    private final Map<String, Boolean> refused = new Recent();

    BasicAuth(Map<String, PasswordHash> users) {
        this.users = Map.copyOf(users);
    }

    /** Whether the value of the header {@code Authorization} names a user and the right password. */
    boolean admits(Optional<String> authorization) {
        return users.isEmpty()
                || authorization.flatMap(BasicAuth::decode).filter(this::isUser).isPresent();
    }

    private boolean isUser(String credentials) {
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            return false;
        }
        String digest = digest(credentials);
        return remembered(digest).orElseGet(() -> {
            oneAtATime.lock();
            try {
                // Somebody with the same password may have been in front of us.
                return remembered(digest).orElseGet(() -> verify(credentials, colon, digest));
            } finally {
                oneAtATime.unlock();
            }
        });
    }

    private boolean verify(String credentials, int colon, String digest) {
        PasswordHash hash = users.get(credentials.substring(0, colon));
        PasswordHash any = users.values().iterator().next();
        boolean matches = (hash == null ? any : hash)
                .matches(credentials.substring(colon + 1).getBytes(UTF_8));
        boolean admitted = matches && hash != null;
        remember(digest, admitted);
        return admitted;
    }

    private synchronized Optional<Boolean> remembered(String digest) {
        if (accepted.get(digest) != null) {
            return Optional.of(true);
        }
        return refused.get(digest) == null ? Optional.empty() : Optional.of(false);
    }

    private synchronized void remember(String digest, boolean admitted) {
        (admitted ? accepted : refused).put(digest, true);
    }

    private static Optional<String> decode(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] credentials = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return Optional.of(new String(credentials, UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String digest(String credentials) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(credentials.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The keys used last. */
    private static final class Recent extends LinkedHashMap<String, Boolean> {
        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
