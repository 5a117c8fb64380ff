// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One process that uses a real library of job queues: as a client that adds jobs and asks, and with workers that do them.
 * It keeps a ledger of what it did ({@link #events}) without the library's help. Ends with this JVM, however that ends.
 *
 * <p>Thread-safe. What the library refuses is a {@link LabException} with its words.
 */
public final class QueueProgram implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final int TAIL_LINES = 20;

    private final QueueLibrary library;
    private final ServerFolder folder;
    private final ServerProcess process;
    private final JsonExchange exchange;
    private final List<JobEvent> events = new ArrayList<>();

    private QueueProgram(QueueLibrary library, QueueStore store) {
        this.library = library;
        this.folder = ServerFolder.create(library.system().packageName(), Account.SELF);
        library.system().scripts().forEach(script -> folder.write(script, resource(script)));
        this.process = start(library.system().command(folder.home(), library, Json.write(store.settings())), folder);
        this.exchange = new JsonExchange(process, this::note, this::logTail);
        LastResort.add(this);
    }

    /** Returns when it answers. It goes on when it does not reach its Redis; Postgres has to be there. */
    public static QueueProgram start(QueueLibrary library, QueueStore store) {
        var program = new QueueProgram(library, store);
        try {
            program.exchange.ask("release", Map.of("job", "none"), START_LIMIT);
            return program;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /** Leaves no folder when there is no such interpreter. */
    private static ServerProcess start(List<String> command, ServerFolder folder) {
        try {
            return ServerProcess.startTalking(command, folder.home(), folder.log());
        } catch (LabException e) {
            folder.delete();
            throw e;
        }
    }

    private static String resource(String script) {
        try (var stream = QueueProgram.class.getResourceAsStream("queues/" + script)) {
            if (stream == null) {
                throw new LabException("no resource queues/" + script);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JobQueue queue(String name) {
        return new JobQueue(this, name);
    }

    /** Adds as many of a job to each of many queues. */
    public void fill(List<String> queues, int each, Job job) {
        var parameters = job.parameters();
        parameters.put("queues", queues);
        parameters.put("count", each);
        ask("fill", parameters);
    }

    /** The id of the flow's first job, which waits for the others. */
    public String add(JobFlow flow) {
        return String.valueOf(ask("flow", Map.of("tree", flow.tree())));
    }

    /** Lets every job that hangs now in a worker of this program go on, and succeed. */
    public void release() {
        ask("release", Map.of());
    }

    /** Lets one job that hangs go on. */
    public void release(String job) {
        ask("release", Map.of("job", job));
    }

    /** What it has done so far, in that order; complete to the last moment when it was killed. */
    public List<JobEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    public List<JobEvent> events(JobEvent.Kind kind) {
        return events().stream().filter(event -> event.kind() == kind).toList();
    }

    /** Returns when there is such an event. */
    public void awaitEvent(String what, Predicate<JobEvent> wanted) {
        Await.until(what, ANSWER_LIMIT, () -> events().stream().anyMatch(wanted), () -> events() + "\n" + logTail());
    }

    @Nullable
    Object ask(String operation, Map<String, ?> parameters) {
        return exchange.ask(operation, parameters, ANSWER_LIMIT);
    }

    private void note(Map<?, ?> news) {
        if (news.get("jobs") instanceof List<?> jobs && news.get("at") instanceof Long at) {
            var kind = JobEvent.Kind.valueOf(String.valueOf(news.get("event")).toUpperCase(Locale.ROOT));
            var queue = String.valueOf(news.get("queue"));
            var time = Instant.ofEpochMilli(at);
            synchronized (events) {
                jobs.forEach(job -> events.add(new JobEvent(kind, queue, String.valueOf(job), time)));
            }
        }
    }

    /** An orderly end: takes no more jobs, waits for those it works on, and ends. */
    public void stop() {
        if (!isRunning()) {
            return;
        }
        ask("close", Map.of());
        exchange.end();
        if (!process.awaitExit(ANSWER_LIMIT)) {
            throw new LabException(this + " did not end:\n" + logTail());
        }
        exchange.awaitEnd();
    }

    /** A crash: what it works on stays as it is. */
    public void kill() {
        process.kill();
        exchange.awaitEnd();
    }

    /** A hang: SIGSTOP. Its connections stay, and nothing is asked of it until {@link #resume}. */
    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    public QueueLibrary library() {
        return library;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /** Its folder. */
    Path home() {
        return folder.home();
    }

    /** What it and its library complained of. */
    public String logTail() {
        return ServerProcess.tail(folder.log(), TAIL_LINES);
    }

    /** Kills it and deletes its folder. */
    @Override
    public void close() {
        kill();
        folder.delete();
        LastResort.remove(this);
    }

    @Override
    public String toString() {
        return "a program with " + library + " (process " + pid() + ")";
    }
}
