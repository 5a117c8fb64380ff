// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import static java.util.stream.Collectors.joining;

import io.highwater.core.ComponentPlan;
import io.highwater.core.Durations;
import io.highwater.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings in force, defaults included, in the form of the configuration; secrets are {@code ***}. */
public final class PlanText {

    /** What means the same without quotes, wherever it stands. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:true|false|null)$)[a-zA-Z/]([a-zA-Z0-9_./:-]*[a-zA-Z0-9_./-])?");

    private final StringBuilder out = new StringBuilder();

    private PlanText() {}

    public static String describe(ComponentPlan<?> plan) {
        var text = new PlanText();
        text.line(0, "clusters:");
        text.line(1, quoted(plan.cluster()) + ":");
        plan.level().ifPresent(level -> text.entry(2, "level", level));
        text.entry(2, "labels", new TreeMap<>(plan.labels()));
        text.line(2, quoted(plan.exporter().component()) + ":");
        for (var key : Shape.of(plan.settings().getClass()).keys()) {
            key.in(plan.settings()).ifPresent(value -> text.entry(3, key.name(), value));
        }
        text.line(3, "collectors:");
        for (var spec : plan.exporter().collectors()) {
            var schedule = plan.schedules().get(spec.name());
            text.line(4, quoted(spec.name()) + ": " + (schedule == null ? "{enabled: false}" : flow(schedule)));
        }
        return text.out.toString();
    }

    private void entry(int depth, String key, Object value) {
        switch (value) {
            case Secret secret -> line(depth, key + ": " + flow(secret) + " # " + secret.origin());
            case Map<?, ?> map
            when !map.isEmpty() -> {
                line(depth, key + ":");
                map.forEach((name, each) -> line(depth + 1, quoted(String.valueOf(name)) + ": " + flow(each)));
            }
            default -> line(depth, key + ": " + flow(value));
        }
    }

    private void line(int depth, String text) {
        out.repeat("  ", depth).append(text).append('\n');
    }

    private static String flow(Object value) {
        return switch (value) {
            case Record settings ->
                Shape.of(settings.getClass()).keys().stream()
                        .flatMap(key -> key.in(settings).map(each -> key.name() + ": " + flow(each)).stream())
                        .collect(joining(", ", "{", "}"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + flow(entry.getValue()))
                        .collect(joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(PlanText::flow).collect(joining(", ", "[", "]"));
            case Duration duration -> Durations.format(duration);
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append("\\x%02x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
