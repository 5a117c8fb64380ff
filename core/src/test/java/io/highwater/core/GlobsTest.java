// SPDX-License-Identifier: Apache-2.0
package io.highwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobsTest {

    @ParameterizedTest
    @CsvSource({
        "*, ORDERS, true",
        "*, '', true",
        "ORDERS, ORDERS, true",
        "ORDERS, ORDERS_EU, false",
        "ORDERS*, ORDERS, true",
        "*_EU, ORDERS_EU, true",
        "*_EU, ORDERS_EU_2, false",
        "A*B*C, AxxBxxC, true",
        "A*B*C, AxxCxxB, false",
        "aba*aba, aba, false",
        "*a*a*, a, false",
        "KV_.*, KV_x, false",
        "'', '', true",
        "'', a, false"
    })
    void aStarStandsForAnyTextAndAllElseForItself(String glob, String text, boolean matches) {
        assertThat(Globs.any(List.of(glob), text)).isEqualTo(matches);
    }

    @Test
    void oneOfSeveralIsEnough() {
        assertThat(Globs.any(List.of("A", "B*"), "Bx")).isTrue();
        assertThat(Globs.any(List.of(), "A")).isFalse();
    }

    @Property(tries = 5000)
    void isAsARegularExpressionWouldBe(@ForAll("globs") String glob, @ForAll("texts") String text) {
        var regex = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        assertThat(Globs.any(List.of(glob), text)).isEqualTo(text.matches(regex));
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.strings().withChars("ab.**").ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab.").ofMaxLength(8);
    }
}
