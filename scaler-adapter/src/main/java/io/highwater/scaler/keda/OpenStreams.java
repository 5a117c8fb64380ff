// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The streams of one method that are open.
 *
 * @param <T> what they tell
 */
final class OpenStreams<T> {

    private final Scalings scalings;
    private final Function<Scaling, T> state;
    private final Duration resend;
    private final Executor executor;
    private final Runnable pushed;
    private final Set<OpenStream<T>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    OpenStreams(Scalings scalings, Function<Scaling, T> state, Duration resend, Executor executor, Runnable pushed) {
        this.scalings = scalings;
        this.state = state;
        this.resend = resend;
        this.executor = executor;
        this.pushed = pushed;
    }

    /** A trigger that asks for what there is not gets an error at once; what is not known now may be known later. */
    void open(ScaledObjectRef object, StreamObserver<T> observer) {
        try {
            var _ = scalings.of(object);
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        var reader = (ServerCallStreamObserver<T>) observer;
        var stream = new OpenStream<>(reader, object, scalings, state, resend, executor, pushed);
        reader.setOnReadyHandler(stream::look);
        reader.setOnCancelHandler(() -> {
            stream.close();
            open.remove(stream);
        });
        reader.setOnCloseHandler(() -> open.remove(stream));
        open.add(stream);
        if (ended) {
            stream.complete();
        }
        stream.look();
    }

    int size() {
        return open.size();
    }

    void look() {
        open.forEach(OpenStream::look);
    }

    /** Of those that are open now, and of those to come. */
    void complete() {
        ended = true;
        open.forEach(OpenStream::complete);
    }
}
