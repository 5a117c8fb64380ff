// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The terminal that we run in, made to give each key at once and to echo none; it is as before when this is closed. */
final class Terminal implements AutoCloseable {

    private static final int FEW_ROWS = 24;
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";

    private final boolean isThere;
    private final String modes;
    private final Thread lastResort = new Thread(this::restore, "terminal-last-resort");

    private Terminal(boolean isThere, String modes) {
        this.isThere = isThere;
        this.modes = modes;
    }

    /** When input or output is no terminal, there is none and nothing is changed. Ctrl-C stays a signal. */
    static Terminal open() {
        var isThere = isTerminal();
        var terminal = new Terminal(isThere, isThere ? stty("-g") : "");
        if (isThere) {
            Runtime.getRuntime().addShutdownHook(terminal.lastResort);
            stty("-icanon -echo min 1");
            print(HIDE_CURSOR);
        }
        return terminal;
    }

    boolean isThere() {
        return isThere;
    }

    /** As many as small terminals have when it does not tell. */
    int rows() {
        var size = stty("size").split(" ", -1);
        try {
            return Math.max(FEW_ROWS, Integer.parseInt(size[0]));
        } catch (NumberFormatException e) {
            return FEW_ROWS;
        }
    }

    @Override
    public void close() {
        if (isThere) {
            restore();
            Runtime.getRuntime().removeShutdownHook(lastResort);
        }
    }

    @SuppressWarnings("SystemConsoleNull") // it depends on the JDK's vendor and version
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private void restore() {
        stty(modes);
        print(SHOW_CURSOR);
    }

    private static void print(String code) {
        System.out.print(code);
        System.out.flush();
    }

    /** Empty where there is no stty: then keys need an Enter, which is all. */
    private static String stty(String arguments) {
        try {
            var process = new ProcessBuilder("sh", "-c", "stty " + arguments + " </dev/tty 2>/dev/null").start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
