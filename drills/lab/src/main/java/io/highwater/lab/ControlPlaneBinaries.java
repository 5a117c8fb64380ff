// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of a Kubernetes control plane, in the folder that the environment variable {@code KUBEBUILDER_ASSETS} names.
 *
 * @param folder with etcd, kube-apiserver, kube-controller-manager and, unless it is on the path, kubectl; for KEDA
 *     keda-operator, keda-adapter and the folder keda-crds
 */
public record ControlPlaneBinaries(Path folder) {

    private static final String VARIABLE = "KUBEBUILDER_ASSETS";
    private static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver", "kube-controller-manager");
    private static final List<String> KEDA = List.of("keda-operator", "keda-adapter", "keda-crds");

    /** Those of the environment; empty when it does not name any. */
    public static Optional<ControlPlaneBinaries> find() {
        return Optional.ofNullable(System.getenv(VARIABLE)).map(folder -> new ControlPlaneBinaries(Path.of(folder)));
    }

    /** What keeps a control plane from being started, and what to do about it; empty when nothing does. */
    public static Optional<String> missing(boolean keda) {
        var wanted = keda ? Stream.concat(PROGRAMS.stream(), KEDA.stream()) : PROGRAMS.stream();
        var found = find();
        if (found.isPresent()
                && wanted.allMatch(name -> Files.isExecutable(found.get().file(name)))) {
            return Optional.empty();
        }
        return Optional.of(VARIABLE + " names no folder with a control plane" + (keda ? " and KEDA" : "")
                + ": make one with 'scripts/control-plane .tools/control-plane" + (keda ? " keda" : "") + "' and set "
                + VARIABLE + "=$PWD/.tools/control-plane");
    }

    static ControlPlaneBinaries require(boolean keda) {
        missing(keda).ifPresent(what -> {
            throw new LabException(what);
        });
        return find().orElseThrow();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String program(String name) {
        return file(name).toString();
    }

    String kubectl() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(folder), Arrays.stream(path.split(":", -1)).map(Path::of))
                .map(each -> each.resolve("kubectl"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new LabException("kubectl is neither in " + folder + " nor on the path"))
                .toString();
    }
}
