// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent;

import io.highwater.agent.cli.Console;
import io.highwater.agent.cli.Program;
import io.highwater.agent.demo.DemoCommand;
import java.util.List;

/** The program {@code highwater}. Exit codes: 0 well, 1 refused or failed, 2 wrong usage. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        System.exit(program().run(new Console(System.out, System.err), args));
    }

    static Program program() {
        return new Program(
                "highwater",
                "Watches high-availability stacks and feeds Prometheus.",
                BuildInfo.text(),
                List.of(
                        new AgentCommand(),
                        new DemoCommand(),
                        new CheckConfigCommand(),
                        new FamiliesCommand(),
                        new ConfigReferenceCommand()));
    }
}
