// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client;

import io.highwater.core.Reason;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What an exception of the network means. */
public final class NetworkErrors {

    private NetworkErrors() {}

    public static Reason reason(Throwable error) {
        return switch (error) {
            case InterruptedIOException _, TimeoutException _ -> Reason.TIMEOUT;
            case ConnectException _, UnknownHostException _, NoRouteToHostException _ -> Reason.REFUSED;
            case SSLException _ -> Reason.AUTH;
            default -> Reason.PROTOCOL;
        };
    }

    /** The same for people: of a host that has no address the JDK says no more than its name. */
    public static String message(Throwable error) {
        return (error instanceof UnknownHostException ? "there is no such host: " : "") + error.getMessage();
    }
}
