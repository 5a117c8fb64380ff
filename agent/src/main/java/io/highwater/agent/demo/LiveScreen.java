// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A picture on a terminal that is drawn over itself: the nodes, the last minute of lag, what happened last. */
final class LiveScreen implements Screen {

    private static final int EVENTS = 3;
    private static final int SPARKS = 60;
    private static final double LONG_SECONDS = 1;

    private static final String ERASE_LINE = "\033[2K";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream out;
    private final Ink ink;
    private final Sparkline lags;
    private final Deque<String> events = new ArrayDeque<>();
    private @Nullable Sight last;
    private int drawn;

    /** As the environment and the encoding of the stream allow. */
    static LiveScreen on(PrintStream out) {
        var blocks = out.charset().equals(StandardCharsets.UTF_8);
        return new LiveScreen(
                out, Ink.of(System.getenv()), new Sparkline(SPARKS, blocks ? Sparkline.BLOCKS : Sparkline.ASCII));
    }

    LiveScreen(PrintStream out, Ink ink, Sparkline lags) {
        this.out = out;
        this.ink = ink;
        this.lags = lags;
        for (int i = 0; i < EVENTS; i++) {
            events.add("");
        }
    }

    @Override
    public void show(Sight sight) {
        lags.add(sight.lag());
        last = sight;
        draw(sight);
    }

    @Override
    public void tell(String event) {
        events.removeFirst();
        events.addLast(Screen.stamped(event));
        if (last != null) {
            draw(last);
        }
    }

    /** All at once, so that nothing flickers; without wrapping, so that a line is a line on a narrow terminal, too. */
    private void draw(Sight sight) {
        var lines = lines(sight);
        var frame = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            frame.append("\033[").append(drawn).append('A'); // up
        }
        lines.forEach(line -> frame.append(ERASE_LINE).append(line).append('\n'));
        out.print(frame.append(WRAP));
        out.flush();
        drawn = lines.size();
    }

    private List<String> lines(Sight sight) {
        var lines = new ArrayList<String>();
        lines.add(ink.faint("  %-8s%-10s%-6s%12s%10s".formatted("", "role", "", "connections", "lag")));
        sight.nodes().forEach(node -> lines.add(line(node)));
        lines.add("");
        lines.add("  would be lost now: " + small(sight.rpoSeconds()) + ", " + Quantities.bytes(sight.rpoBytes())
                + "   primaries: " + primaries(sight)
                + "   log written: " + Quantities.bytes(sight.walRate()) + "/s");
        lines.add("  lag " + ink.bold(lags.text()) + ink.faint(" at most " + Quantities.seconds(lags.max())));
        lines.add("");
        lines.add("  " + keys(Action.CUT, Action.HEAL, Action.PAUSE, Action.RESUME));
        lines.add("  " + keys(Action.KILL, Action.FAILOVER, Action.BACK, Action.QUIT));
        lines.add("");
        events.forEach(event -> lines.add("  " + event));
        return lines;
    }

    private String line(Sight.Node node) {
        return "  %-8s%-10s".formatted(node.name(), node.isUp() ? node.role() : "")
                + ink.judge(node.isUp(), "%-6s".formatted(node.isUp() ? "up" : "down"))
                + "%12s".formatted(node.isUp() ? Quantities.count(node.connections()) : "")
                + (node.lag().isEmpty() ? "" : small("%10s", node.lag()));
    }

    private String primaries(Sight sight) {
        return ink.judge(sight.primaries().equals(OptionalDouble.of(1)), Quantities.count(sight.primaries()));
    }

    private String small(OptionalDouble seconds) {
        return small("%s", seconds);
    }

    private String small(String format, OptionalDouble seconds) {
        return ink.judge(
                seconds.orElse(Double.MAX_VALUE) < LONG_SECONDS, format.formatted(Quantities.seconds(seconds)));
    }

    private String keys(Action... actions) {
        return Arrays.stream(actions)
                .map(action -> ink.bold(String.valueOf(action.key())) + " " + action.meaning())
                .collect(Collectors.joining("   "));
    }
}
