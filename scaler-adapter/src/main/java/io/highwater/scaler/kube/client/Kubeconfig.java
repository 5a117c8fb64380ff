// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A kubeconfig file, as kubectl reads it but for what runs programs. */
final class Kubeconfig {

    private static final List<String> NO_CLUSTER = List.of("proxy-url", "tls-server-name");
    private static final List<String> NO_USER = List.of("exec", "auth-provider", "username", "as", "as-groups");

    private final Path path;
    private final Json content;

    private Kubeconfig(Path path, Json content) {
        this.path = path;
        this.content = content;
    }

    /** @param context the file's {@code current-context} when none is named */
    static Access read(Path path, Optional<String> context) throws ApiServerException {
        Kubeconfig file = new Kubeconfig(path, load(path));
        String name = context.or(() -> file.content.at("current-context").text())
                .orElseThrow(() -> file.refused("it has no current-context, name a context"));
        Json chosen = file.entry("contexts", "context", name);
        String user = chosen.at("user").text().orElse("");
        String cluster = chosen.at("cluster").text().orElse("");
        return file.access(
                file.entry("clusters", "cluster", cluster),
                "clusters." + cluster,
                file.entry("users", "user", user),
                "users." + user);
    }

    private static Json load(Path path) throws ApiServerException {
        try {
            Object yaml = new Load(
                            LoadSettings.builder().setLabel(path.toString()).build())
                    .loadFromString(Files.readString(path));
            return new Json(yaml);
        } catch (NoSuchFileException e) {
            throw new ApiServerException(path + ": does not exist", e);
        } catch (YamlEngineException e) {
            throw new ApiServerException(path + ": not YAML"); // its message quotes the line, which may be a secret
        } catch (IOException e) {
            throw new ApiServerException(path + ": " + e.getMessage(), e);
        }
    }

    private Access access(Json cluster, String clusterPlace, Json user, String userPlace) throws ApiServerException {
        refuse(cluster, clusterPlace, NO_CLUSTER);
        refuse(user, userPlace, NO_USER);
        String server = cluster.at("server").text().orElseThrow(() -> refused(clusterPlace + ".server: is missing"));
        Optional<Source> token = file(user, "tokenFile");
        return new Access(
                Access.url(server),
                !cluster.at("insecure-skip-tls-verify").isTrue(),
                either(cluster, clusterPlace, "certificate-authority"),
                either(user, userPlace, "client-certificate"),
                either(user, userPlace, "client-key"),
                token.isPresent() ? token : inPlace(user, userPlace, "token"));
    }

    private void refuse(Json entry, String place, List<String> keys) throws ApiServerException {
        for (String key : keys) {
            if (entry.at(key).isPresent()) {
                throw refused(
                        place + "." + key + ": is not supported; use a client certificate, a token or a tokenFile");
            }
        }
    }

    /** {@code KEY-data} before {@code KEY}, as kubectl has it. */
    private Optional<Source> either(Json entry, String place, String key) throws ApiServerException {
        Optional<String> data = entry.at(key + "-data").text();
        return data.isPresent()
                ? Optional.of(Source.InPlace.base64(data.get(), path + ": " + place + "." + key + "-data"))
                : file(entry, key);
    }

    private Optional<Source> file(Json entry, String key) {
        return entry.at(key).text().map(name -> new Source.InFile(path.resolveSibling(name)));
    }

    private Optional<Source> inPlace(Json entry, String place, String key) {
        return entry.at(key).text().map(text -> new Source.InPlace(text, path + ": " + place + "." + key));
    }

    private Json entry(String list, String key, String name) throws ApiServerException {
        return content.at(list).elements().stream()
                .filter(entry -> entry.at("name").text().filter(name::equals).isPresent())
                .map(entry -> entry.at(key))
                .findFirst()
                .orElseThrow(() -> refused("no " + key + " \"" + name + "\" among its " + list));
    }

    private ApiServerException refused(String why) {
        return new ApiServerException(path + ": " + why);
    }
}
