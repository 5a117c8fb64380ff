// SPDX-License-Identifier: Apache-2.0
package io.highwater.helm;

import java.util.List;

/** The objects that a chart and values give. */
record Rendered(List<Node> objects) {

    List<Node> of(String kind) {
        return objects.stream()
                .filter(object -> object.at("kind").text().equals(kind))
                .toList();
    }

    /** The only one of its kind. */
    Node one(String kind) {
        var found = of(kind);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + kind + " and found " + found);
        }
        return found.getFirst();
    }

    Node named(String kind, String name) {
        return of(kind).stream()
                .filter(object -> object.at("metadata", "name").text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " among "
                        + of(kind).stream()
                                .map(object -> object.at("metadata", "name"))
                                .toList()));
    }

    /** The agent's container. */
    Node agent() {
        return one("Deployment").at("spec", "template", "spec", "containers", 0);
    }

    List<String> arguments() {
        return agent().at("args").items().stream().map(Node::text).toList();
    }
}
