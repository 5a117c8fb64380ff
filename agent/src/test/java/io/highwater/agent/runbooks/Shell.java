// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.runbooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.highwater.rules.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs commands as they are typed, with the programs that {@code scripts/tools} brings before the machine's. */
record Shell(Path folder) {

    private static final int LIMIT_SECONDS = 30;
    private static final Path TOOLS = Path.of(System.getProperty("highwater.lab.tools"));

    /** What it printed, errors too, and how it ended. */
    record Result(int code, String output) {

        /** The lines that are to be seen, in their order; … is any text, and blanks do not count. */
        boolean shows(String expected) {
            var pattern = expected.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> Stream.of(line.split("…", -1))
                            .map(part -> Stream.of(part.strip().split("\\s+"))
                                    .map(Pattern::quote)
                                    .collect(Collectors.joining("\\s+")))
                            .collect(Collectors.joining(".*")))
                    .collect(Collectors.joining("(?s:.*)"));
            return Pattern.compile(pattern).matcher(output).find();
        }
    }

    Result run(Runbook.Block block, Map<String, String> variables) {
        try {
            var output = Files.createTempFile(folder, "block-", ".out");
            var builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block.commands())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            var environment = builder.environment();
            environment.putAll(variables);
            environment.merge("PATH", TOOLS.toAbsolutePath().toString(), (path, tools) -> tools + ":" + path);
            environment.put("HOME", folder.toString()); // nobody's settings
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                return new Result(-1, "no end after " + LIMIT_SECONDS + " s\n" + Files.readString(output, UTF_8));
            }
            return new Result(process.exitValue(), Files.readString(output, UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
