// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A picture on a terminal that is drawn over itself: each backend with the last minute of what matters, what may be done,
 * what happened last. It fits 80 columns and 24 rows: what there is no room for is left out: gaps, curves, all but the last event.
 */
final class LiveScreen implements Screen {

    private static final int EVENTS = 2;
    private static final int SPARKS = 50;

    private static final String ERASE_LINE = "\033[2K";
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    /** How much is shown. */
    private enum Detail {
        ALL,
        NO_GAPS,
        NO_CURVES,
        DENSE
    }

    private final PrintStream out;
    private final int rows;
    private final Ink ink;
    private final String levels;
    private final List<String> keys;
    private final List<Sparkline> curves = new ArrayList<>();
    private final Deque<String> events = new ArrayDeque<>();
    private List<Sight> last = List.of();
    private int drawn;

    /** As the environment and the encoding of the stream allow. */
    static LiveScreen on(PrintStream out, int rows, List<List<Action>> actions) {
        var blocks = out.charset().equals(StandardCharsets.UTF_8);
        return new LiveScreen(out, rows, Ink.of(System.getenv()), blocks ? Sparkline.BLOCKS : Sparkline.ASCII, actions);
    }

    /**
     * @param rows of the terminal
     * @param levels of the curves
     * @param actions by backend
     */
    LiveScreen(PrintStream out, int rows, Ink ink, String levels, List<List<Action>> actions) {
        this.out = out;
        this.rows = rows;
        this.ink = ink;
        this.levels = levels;
        this.keys = Keys.lines(actions, ink);
        for (int i = 0; i < EVENTS; i++) {
            events.add("");
        }
    }

    @Override
    public void show(List<Sight> sights) {
        for (int i = 0; i < sights.size(); i++) {
            if (i == curves.size()) {
                curves.add(new Sparkline(SPARKS, levels));
            }
            curves.get(i).add(sights.get(i).curve().value());
        }
        last = sights;
        draw();
    }

    @Override
    public void tell(String event) {
        events.removeFirst();
        events.addLast(Screen.stamped(event));
        if (!last.isEmpty()) {
            draw();
        }
    }

    /** All at once, so that nothing flickers; without wrapping, so that a line is a line on a narrow terminal, too. */
    private void draw() {
        var lines = lines();
        var frame = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            frame.append("\033[").append(drawn).append('A'); // up
        }
        lines.forEach(line -> frame.append(ERASE_LINE)
                .append(line.isEmpty() ? "" : "  " + line)
                .append('\n'));
        out.print(frame.append(WRAP));
        out.flush();
        drawn = lines.size();
    }

    /** With as much as there is room for; the last row is the cursor's. */
    private List<String> lines() {
        return Arrays.stream(Detail.values())
                .map(this::lines)
                .filter(lines -> lines.size() < rows)
                .findFirst()
                .orElseGet(() -> lines(Detail.DENSE));
    }

    private List<String> lines(Detail detail) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < last.size(); i++) {
            lines.addAll(last.get(i).picture(ink));
            if (detail.compareTo(Detail.NO_CURVES) < 0) {
                lines.add(curve(last.get(i).curve(), curves.get(i)));
            }
            if (detail == Detail.ALL) {
                lines.add("");
            }
        }
        if (detail == Detail.DENSE) {
            lines.addAll(keys);
            lines.add(events.getLast());
            return lines;
        }
        if (detail != Detail.ALL) {
            lines.add("");
        }
        lines.addAll(keys);
        lines.add("");
        lines.addAll(events);
        return lines;
    }

    private String curve(Sight.Curve curve, Sparkline sparks) {
        return "%-8s".formatted(curve.name())
                + ink.bold(sparks.text())
                + ink.faint(" at most " + curve.format().apply(sparks.max()));
    }
}
