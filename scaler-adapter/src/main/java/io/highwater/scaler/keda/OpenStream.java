// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.highwater.scaler.Metric;
import io.highwater.scaler.Subscription;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One open stream, which is told the newest state: at once, when it changes, and again every so often. While the state is
 * not known it is told nothing, and while its reader is slow nothing waits for it: it gets what is newest then.
 */
final class OpenStream<T> implements AutoCloseable {

    private final ServerCallStreamObserver<T> reader;
    private final ScaledObjectRef object;
    private final Scalings scalings;
    private final Function<Scaling, T> state;
    private final long resendNanos;
    private final Executor executor;
    private final Runnable pushed;
    private final AtomicBoolean due = new AtomicBoolean();
    private @Nullable Metric heard;
    private @Nullable Subscription changes;
    private @Nullable T told;
    private long toldNanos;
    private boolean ended;

    /**
     * @param state throws a status while it is not known
     * @param executor where the work is done, so that whoever tells of a change does not wait for it
     * @param pushed run after every message
     */
    OpenStream(
            ServerCallStreamObserver<T> reader,
            ScaledObjectRef object,
            Scalings scalings,
            Function<Scaling, T> state,
            Duration resend,
            Executor executor,
            Runnable pushed) {
        this.reader = reader;
        this.object = object;
        this.scalings = scalings;
        this.state = state;
        this.resendNanos = resend.toNanos();
        this.executor = executor;
        this.pushed = pushed;
    }

    /** Looks what there is to tell, soon and on another thread; calls in quick succession are one. */
    void look() {
        if (due.compareAndSet(false, true)) {
            executor.execute(this::tell);
        }
    }

    private synchronized void tell() {
        due.set(false);
        if (ended) {
            return;
        }
        try {
            var scaling = scalings.of(object);
            hear(scaling.metric());
            if (reader.isReady()) {
                tell(state.apply(scaling));
            }
        } catch (StatusRuntimeException e) {
            // Anything else is for good, such as a metric that went with a reload: KEDA asks anew, and is told why
            // then.
            if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                complete();
            }
        }
    }

    /** A reload may have put another metric of that name in its place. */
    @SuppressWarnings("ReferenceEquality")
    private void hear(Metric metric) {
        if (heard != metric) {
            unsubscribe();
            heard = metric;
            changes = metric.onChange(this::look);
        }
    }

    private void tell(T now) {
        if (!now.equals(told) || System.nanoTime() - toldNanos >= resendNanos) {
            reader.onNext(now);
            told = now;
            toldNanos = System.nanoTime();
            pushed.run();
        }
    }

    /** Ends it in good order: KEDA opens another soon, whereas it would wait longer and longer after errors. */
    synchronized void complete() {
        if (!ended) {
            close();
            reader.onCompleted();
        }
    }

    /** Once nobody reads it any more. */
    @Override
    public synchronized void close() {
        ended = true;
        unsubscribe();
    }

    private void unsubscribe() {
        if (changes != null) {
            changes.close();
            changes = null;
        }
    }
}
