// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import io.highwater.core.web.FileStamp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Where the API server is, whom to trust there, and who we are to it.
 *
 * @param verify whether its certificate is checked
 * @param authority that signed its certificate; none for those that the JDK trusts
 * @param certificate ours, with its key
 * @param token ours
 */
record Access(
        HttpUrl server,
        boolean verify,
        Optional<Source> authority,
        Optional<Source> certificate,
        Optional<Source> key,
        Optional<Source> token) {

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** As a pod finds it. */
    static Access inCluster(Map<String, String> environment) throws ApiServerException {
        return inCluster(environment, SERVICE_ACCOUNT);
    }

    static Access inCluster(Map<String, String> environment, Path account) throws ApiServerException {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
        Path token = account.resolve("token");
        if (host.isEmpty() || port.isEmpty() || !Files.exists(token)) {
            throw new ApiServerException(
                    "not in a pod with a service account: " + "KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT or "
                            + token + " is missing; name a kubeconfig");
        }
        return new Access(
                url("https://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port),
                true,
                Optional.of(new Source.InFile(account.resolve("ca.crt"))),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Source.InFile(token)));
    }

    static HttpUrl url(String text) throws ApiServerException {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            throw new ApiServerException("no URL of an API server: " + text);
        }
        return url;
    }

    /** By which it is seen that TLS has to be set up anew. The token is read with every request. */
    List<FileStamp> stamps() {
        return Stream.of(authority, certificate, key)
                .flatMap(Optional::stream)
                .flatMap(source -> source.file().stream())
                .map(FileStamp::of)
                .toList();
    }
}
