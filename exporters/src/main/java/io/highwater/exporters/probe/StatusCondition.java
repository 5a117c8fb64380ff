// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The statuses that are wanted.
 *
 * @param wanted such as {@code 204} and {@code 2xx}
 */
record StatusCondition(List<String> wanted) {

    private static final Pattern FORM = Pattern.compile("[1-5](xx|\\d\\d)");

    StatusCondition {
        wanted = List.copyOf(wanted);
        if (wanted.isEmpty()
                || !wanted.stream().allMatch(one -> FORM.matcher(one).matches())) {
            throw new IllegalArgumentException("status: write statuses such as 204 or 2xx");
        }
    }

    boolean holds(int status) {
        return wanted.stream()
                .anyMatch(one -> one.equals(String.valueOf(status))
                        || (one.endsWith("xx") && one.charAt(0) - '0' == status / 100));
    }

    @Override
    public String toString() {
        return String.join(", ", wanted);
    }
}
