// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Maps and lists as YAML that people read: blocks, and text of several lines as such. */
final class YamlText {

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            .build();

    private YamlText() {}

    static String of(Object value) {
        return new Dump(SETTINGS, new Representer()).dumpToString(value);
    }

    private static final class Representer extends StandardRepresenter {
        Representer() {
            super(SETTINGS);
            parentClassRepresenters.put(Double.class, value -> represent((Double) value));
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            boolean lines = tag.equals(Tag.STR) && value.contains("\n");
            return super.representScalar(tag, value, lines ? ScalarStyle.LITERAL : style);
        }

        private Node represent(Double value) {
            return representScalar(Tag.FLOAT, Alert.number(value), ScalarStyle.PLAIN);
        }
    }
}
