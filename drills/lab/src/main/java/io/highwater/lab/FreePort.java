// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A loopback port that nobody listens on. From below the range the kernel takes client ports from, so that it is still
 * free when its server is restarted later, and never given twice by one JVM. JVMs that run at the same time take theirs
 * from different shares of the range when the system property {@value #SHARE_PROPERTY} numbers them from 1.
 */
public final class FreePort {

    private static final int FIRST = 15_000;
    private static final int LAST = 32_000;
    private static final int SHARES = 4;
    private static final int TRIES = 1_000;
    private static final int OPENINGS = 10;

    static final String SHARE_PROPERTY = "highwater.lab.share";
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    public static int next() {
        return next(Integer.getInteger(SHARE_PROPERTY, 0));
    }

    /** From one of the shares; 0 for the whole range. */
    static int next(int share) {
        int size = share == 0 ? LAST - FIRST : (LAST - FIRST) / SHARES;
        int first = share == 0 ? FIRST : FIRST + size * ((share - 1) % SHARES);
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(first, first + size);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new LabException("no free port between " + first + " and " + (first + size) + " in " + TRIES + " tries");
    }

    /** Makes a server that listens. */
    @FunctionalInterface
    interface Opening<S> {
        S on(InetSocketAddress address) throws IOException;
    }

    /** A server on a free port; on another one when somebody took the first in the meantime. */
    static <S> S open(Opening<S> opening) {
        for (int i = 0; ; i++) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), next());
            try {
                return opening.on(address);
            } catch (BindException e) {
                if (i == OPENINGS) {
                    throw new LabException("cannot listen on " + address + ": " + e.getMessage(), e);
                }
            } catch (IOException e) {
                throw new LabException("cannot listen on " + address + ": " + e.getMessage(), e);
            }
        }
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
