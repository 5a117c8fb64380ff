// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.scaler.kube.wire.Requirement.Absent;
import io.highwater.scaler.kube.wire.Requirement.Compared;
import io.highwater.scaler.kube.wire.Requirement.Exists;
import io.highwater.scaler.kube.wire.Requirement.In;
import io.highwater.scaler.kube.wire.Requirement.NotIn;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What matches and what is refused was compared with Kubernetes' own parser, k8s.io/apimachinery 0.36. */
class LabelSelectorTest {

    private static final Map<String, String> LABELS = Map.of(
            "queue",
            "plan",
            "depth",
            "12",
            "empty",
            "",
            "in",
            "notin",
            "scaledobject.keda.sh/name",
            "web",
            "text",
            "x12");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "queue=plan",
                "queue==plan",
                "queue = plan , depth",
                "queue!=post",
                "other!=post",
                "queue in (plan,post)",
                "queue in(post , plan)",
                "queue notin (post)",
                "other notin (post)",
                "!other",
                "! other",
                "depth>11,depth<13",
                "empty=",
                "empty=,queue",
                "empty in ()",
                "empty in (a,)",
                "empty in (,a)",
                "empty in (a,,b)",
                "empty",
                "in=notin",
                "in in (notin,in)",
                "scaledobject.keda.sh/name=web",
                "other notin ()"
            })
    void matches(String selector) throws Refusal {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queue=post",
                "queue!=plan",
                "other=plan",
                "other",
                "!queue",
                "queue,depth=13",
                "queue in (post)",
                "other in (plan)",
                "queue notin (plan)",
                "depth>12",
                "depth<12",
                "other>0",
                "text>0",
                "empty!=",
                "queue=",
                "Queue"
            })
    void doesNotMatch(String selector) throws Refusal {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    a,           | expected a label's name at character 3, found the end
                    ,a           | expected a label's name at character 1, found ','
                    a,,b         | expected a label's name at character 3, found ','
                    a b          | expected one of = == != in notin > < at character 3, found 'b'
                    a=b c        | expected a comma or the end at character 5, found 'c'
                    a==='b'      | expected a value at character 4, found '='
                    !a=b         | expected a comma or the end at character 3, found '='
                    a in b       | expected an opening parenthesis at character 6, found 'b'
                    a in (b      | expected a comma or a closing parenthesis at character 8, found the end
                    a in (b c)   | expected a comma or a closing parenthesis at character 9, found 'c'
                    a in (b=c)   | expected a comma or a closing parenthesis at character 8, found '='
                    a in         | expected an opening parenthesis at character 5, found the end
                    a>x          | 'x' is no whole number
                    a>           | expected a value at character 3, found the end
                    a=b/c        | 'b/c' is no value of a label
                    a=-b         | '-b' is no value of a label
                    a/b/c        | 'a/b/c' is no name of a label
                    A.b/c        | 'A.b/c' is no name of a label
                    /c           | '/c' is no name of a label
                    é            | 'é' is no name of a label
                    """)
    void saysWhereTheMistakeIs(String selector, String message) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("labelSelector \"" + selector + "\": " + message);
    }

    @Property
    void readsWhatItWrites(@ForAll("selectors") LabelSelector selector) throws Refusal {
        assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
    }

    @Property
    void readsOrRefusesWhateverComes(@ForAll("anything") String text) {
        try {
            assertThat(LabelSelector.parse(text)).isNotNull();
        } catch (Refusal refused) {
            assertThat(refused.code()).isEqualTo(400);
        }
    }

    @Property
    void isTheOppositeOfItsOpposite(
            @ForAll("keys") String key, @ForAll("values") String value, @ForAll("values") String label) throws Refusal {
        Map<String, String> labels = Map.of("a", label);
        assertThat(LabelSelector.parse(key + "=" + value).matches(labels))
                .isNotEqualTo(LabelSelector.parse(key + "!=" + value).matches(labels));
        assertThat(LabelSelector.parse(key + " in (" + value + ",b)").matches(labels))
                .isNotEqualTo(
                        LabelSelector.parse(key + " notin (" + value + ",b)").matches(labels));
        assertThat(LabelSelector.parse(key).matches(labels))
                .isNotEqualTo(LabelSelector.parse("!" + key).matches(labels));
    }

    @Provide
    Arbitrary<LabelSelector> selectors() {
        return requirements().list().ofMaxSize(4).map(LabelSelector::new);
    }

    private Arbitrary<Requirement> requirements() {
        var sets = values().set().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(
                Combinators.combine(keys(), sets).as(In::new),
                Combinators.combine(keys(), sets).as(NotIn::new),
                keys().map(Exists::new),
                keys().map(Absent::new),
                Combinators.combine(
                                keys(),
                                Arbitraries.of(true, false),
                                Arbitraries.longs().greaterOrEqual(0))
                        .as(Compared::new));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("a", "b", "in", "notin", "x.y/z", "A-b_c.d", "scaledobject.keda.sh/name");
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("", "a", "b", "in", "notin", "12", "A-b_c.d");
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.of(
                        "a", "in", "notin", "=", "==", "!", "!=", "(", ")", ",", ">", "<", " ", "1", "é", "x/y", "/")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
