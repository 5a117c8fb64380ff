// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Series that prove an alert that says that others are blind. */
final class BlindTests {

    private BlindTests() {}

    /** One for each metric that is enough: while it is there nothing is blind, and then it is absent. */
    static List<AlertTest> of(String present, List<String> needs, String need, String blinds) {
        return enough(need).map(one -> test(present, needs, need, one, blinds)).toList();
    }

    private static Stream<String> enough(String need) {
        return Stream.of(need.split(" or ", -1));
    }

    private static AlertTest test(String present, List<String> needs, String need, String one, String blinds) {
        var series = new ArrayList<AlertTest.Series>();
        series.add(always(present.replaceAll("=~\"([^|\"]+)[^\"]*\"", "=\"$1\"")));
        if (present.contains("{")) {
            series.add(always(metric(present) + "{cluster=\"c\",component=\"other\"}"));
        }
        needs.stream()
                .filter(other -> !other.equals(need))
                .flatMap(BlindTests::enough)
                .forEach(other -> series.add(always(other)));
        boolean matched = one.contains("{");
        series.add(new AlertTest.Series(matched ? one : one + "{component=\"some\"}", "1", "1", "-"));
        if (matched) {
            series.add(always(metric(one) + "{component=\"other\"}"));
        }
        return new AlertTest(
                Map.of("blinds", blinds), true, series, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String metric(String selector) {
        return selector.replaceFirst("[{].*", "");
    }

    private static AlertTest.Series always(String selector) {
        return new AlertTest.Series(selector, "1", "1", "1");
    }
}
