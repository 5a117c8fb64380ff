// SPDX-License-Identifier: Apache-2.0
package io.highwater.bench.scaling;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What KEDA is told whether there is work for one policy, over {@code StreamIsActive}. */
final class ActivityStream implements AutoCloseable {

    private static final MethodDescriptor<byte[], byte[]> METHOD = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodType.SERVER_STREAMING)
            .setFullMethodName("externalscaler.ExternalScaler/StreamIsActive")
            .build();

    private final ClientCall<byte[], byte[]> call;
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    private record Told(boolean active, long nanos) {}

    private ActivityStream(ClientCall<byte[], byte[]> call) {
        this.call = call;
    }

    static ActivityStream open(Channel agent, String namespace, String policy) {
        var stream = new ActivityStream(agent.newCall(METHOD, CallOptions.DEFAULT));
        stream.start(request(namespace, policy));
        return stream;
    }

    private void start(byte[] request) {
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(byte[] message) {
                        told.add(new Told(active(message), System.nanoTime()));
                        call.request(1);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        if (!status.isOk() && status.getCode() != Status.Code.CANCELLED) {
                            System.err.println("StreamIsActive ended: " + status);
                        }
                    }
                },
                new Metadata());
        call.sendMessage(request);
        call.halfClose();
        call.request(1);
    }

    /** When that was told first of what has not been taken yet, as {@link System#nanoTime}. */
    long await(boolean active, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (true) {
            var next = told.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new IllegalStateException("not told within " + limit.toSeconds() + " s: active " + active);
            }
            if (next.active() == active) {
                return next.nanos();
            }
        }
    }

    /** Forgets what was told so far. */
    void forget() {
        told.clear();
    }

    private static boolean active(byte[] message) {
        try {
            var in = CodedInputStream.newInstance(message);
            return in.readTag() == 8 && in.readBool();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A ScaledObjectRef whose metadata has the policy's name. */
    private static byte[] request(String namespace, String policy) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = CodedOutputStream.newInstance(bytes);
            out.writeString(1, policy);
            out.writeString(2, namespace);
            var entry = new ByteArrayOutputStream();
            var inner = CodedOutputStream.newInstance(entry);
            inner.writeString(1, "metric");
            inner.writeString(2, policy);
            inner.flush();
            out.writeByteArray(3, entry.toByteArray());
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Messages as they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        call.cancel("measured", null);
    }
}
