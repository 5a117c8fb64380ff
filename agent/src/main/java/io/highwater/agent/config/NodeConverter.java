// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Makes {@link Yaml} of the parser's nodes and refuses what a configuration does not need. */
final class NodeConverter {

    /** With the parser's failsafe schema all words are text, until they are bound. */
    private static final Set<Tag> PLAIN_TAGS = Set.of(Tag.STR, Tag.MAP, Tag.SEQ, Tag.NULL);

    private static final Set<String> NOTHING = Set.of("", "~", "null");

    private final Problems problems;

    /** Those with an anchor: an alias is the same node again. */
    private final Set<Node> anchored = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean inAlias;

    NodeConverter(Problems problems) {
        this.problems = problems;
    }

    Yaml convert(Node node, Place place) {
        if (!PLAIN_TAGS.contains(node.getTag())) {
            problems.add(place, "a tag (!)", "put text that starts with ! in quotes");
            return new Yaml.Nothing(place);
        }
        var first = node instanceof ScalarNode || node.getAnchor().isEmpty() || anchored.add(node);
        return first ? content(node, place) : alias(node, place);
    }

    /** Aliases in aliased values would let few lines unfold to any size, or without end. */
    private Yaml alias(Node node, Place place) {
        if (inAlias) {
            problems.add(
                    place,
                    "an anchor (&) or alias (*) inside of a value that is itself an alias",
                    "write the value out");
            return new Yaml.Nothing(place);
        }
        inAlias = true;
        try {
            return content(node, place);
        } finally {
            inAlias = false;
        }
    }

    private Yaml content(Node node, Place place) {
        return switch (node) {
            case ScalarNode scalar
            when scalar.isPlain() && NOTHING.contains(scalar.getValue()) -> new Yaml.Nothing(place);
            case ScalarNode scalar -> new Yaml.Scalar(place, scalar.getValue());
            case SequenceNode sequence -> sequence(sequence, place);
            case MappingNode mapping -> mapping(mapping, place);
            default -> throw new IllegalStateException("no kind of node: " + node.getNodeType());
        };
    }

    private Yaml sequence(SequenceNode node, Place place) {
        List<Yaml> items = new ArrayList<>();
        for (var item : node.getValue()) {
            items.add(convert(item, marked(item, place.item(items.size()))));
        }
        return new Yaml.Sequence(place, Collections.unmodifiableList(items));
    }

    private Yaml mapping(MappingNode node, Place place) {
        var values = new LinkedHashMap<String, Yaml>();
        for (var tuple : node.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                entry(key.getValue(), tuple, marked(key, place.key(key.getValue())), values);
            } else {
                problems.add(
                        marked(tuple.getKeyNode(), place),
                        "a key must be a word",
                        "put text that starts with { or [ in quotes");
            }
        }
        return new Yaml.Mapping(place, Collections.unmodifiableMap(values));
    }

    private void entry(String key, NodeTuple tuple, Place place, Map<String, Yaml> values) {
        var first = values.get(key);
        if (key.equals("<<")) {
            problems.add(
                    place,
                    "merge keys are not supported",
                    "write the keys out, or use an alias (*) for the whole value");
        } else if (first != null) {
            problems.add(
                    place,
                    "duplicate key",
                    "the first is in line " + first.place().line());
        } else {
            values.put(key, convert(tuple.getValueNode(), place));
        }
    }

    private static Place marked(Node node, Place place) {
        return node.getStartMark()
                .map(mark -> place.at(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(place);
    }
}
