// SPDX-License-Identifier: Apache-2.0
package io.highwater.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody does whom an alert woke, in Markdown, as it is written: without a title, and with placeholders for what
 * the alert says. docs/runbooks/README.md says what stands in it.
 *
 * @param name of the alert, or {@code Blind} for all that fire when others cannot
 * @param text its source
 */
public record Runbook(String name, String text) {

    /** The headings of every runbook, in their order. */
    public static final List<String> HEADINGS =
            List.of("Impact", "Diagnosis", "Mitigation", "Do not", "Roll back", "Escalate");

    private static final String FENCE = "```";

    /**
     * Commands to be run as they stand, by the shell.
     *
     * @param fixture which servers its variables are of
     * @param changes whether it changes something, so that it is done once
     * @param notRun why the tests do not run it
     * @param commands as they are typed
     * @param output what to look for: lines in their order, with … for any text
     */
    public record Block(
            String fixture, boolean changes, Optional<String> notRun, String commands, Optional<String> output) {}

    /** What is above the first heading: what the alert means. */
    public String meaning() {
        return text.strip().lines().findFirst().orElse("");
    }

    /** The text below each heading, in the order in which they stand. */
    public Map<String, String> sections() {
        var sections = new LinkedHashMap<String, String>();
        var heading = "";
        boolean fenced = false;
        for (var line : text.lines().toList()) {
            fenced ^= line.startsWith(FENCE);
            if (!fenced && line.startsWith("## ")) {
                heading = line.substring(3).strip();
                sections.put(heading, "");
            } else if (!heading.isEmpty()) {
                sections.merge(heading, line + "\n", String::concat);
            }
        }
        return sections;
    }

    /** Every block of commands, in its order. */
    public List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                var language = lines.get(i).substring(FENCE.length()).strip();
                int end = end(lines, i + 1);
                var body = String.join("\n", lines.subList(i + 1, end));
                if (language.equals("output")) {
                    blocks.add(withOutput(blocks.removeLast(), body));
                } else if (language.equals("sh") || language.startsWith("sh ")) {
                    blocks.add(block(language.substring(2).strip(), body));
                }
                i = end;
            }
        }
        return blocks;
    }

    private int end(List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE)) {
                return i;
            }
        }
        throw new IllegalStateException("runbook " + name + " has a block without an end");
    }

    private static Block block(String info, String commands) {
        int reason = info.indexOf("not-run:");
        var words = (reason < 0 ? info : info.substring(0, reason)).strip();
        return new Block(
                words.replace("changes", "").strip(),
                words.endsWith("changes"),
                reason < 0
                        ? Optional.empty()
                        : Optional.of(
                                info.substring(reason + "not-run:".length()).strip()),
                commands,
                Optional.empty());
    }

    private static Block withOutput(Block block, String output) {
        return new Block(block.fixture(), block.changes(), block.notRun(), block.commands(), Optional.of(output));
    }
}
