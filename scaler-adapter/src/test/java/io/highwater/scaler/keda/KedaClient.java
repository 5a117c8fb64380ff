// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** KEDA's side in Java, which owes nothing to the server's reading and writing: messages are bytes to it. */
final class KedaClient implements AutoCloseable {

    private final ManagedChannel channel;

    KedaClient(int port, ChannelCredentials credentials) {
        channel =
                Grpc.newChannelBuilderForAddress("127.0.0.1", port, credentials).build();
    }

    /** What came over one stream. */
    static final class Stream extends ClientCall.Listener<byte[]> {
        final AtomicInteger messages = new AtomicInteger();
        final AtomicReference<byte[]> last = new AtomicReference<>(new byte[0]);
        final AtomicReference<Status> ended = new AtomicReference<>();
        private final ClientCall<byte[], byte[]> call;
        private final boolean reads;

        private Stream(ClientCall<byte[], byte[]> call, boolean reads) {
            this.call = call;
            this.reads = reads;
        }

        @Override
        public void onMessage(byte[] message) {
            last.set(message);
            messages.incrementAndGet();
            if (reads) {
                call.request(1);
            }
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            ended.set(status);
        }

        /** Of the last message. */
        boolean active() {
            return KedaClient.active(last.get());
        }

        void read(int more) {
            call.request(more);
        }

        void cancel() {
            call.cancel("no longer wanted", null);
        }
    }

    Stream open(String method, Map<String, String> metadata) {
        return open(method, metadata, true);
    }

    /** @param reads whether it takes what comes; otherwise nothing until it is told to */
    Stream open(String method, Map<String, String> metadata, boolean reads) {
        var call = channel.newCall(descriptor(method, MethodType.SERVER_STREAMING), CallOptions.DEFAULT);
        var stream = new Stream(call, reads);
        call.start(stream, new Metadata());
        call.sendMessage(object("shop", metadata));
        call.halfClose();
        if (reads) {
            call.request(1);
        }
        return stream;
    }

    boolean isActive(Map<String, String> metadata) {
        return active(ask("IsActive", object("shop", metadata)));
    }

    /** The answer's bytes. */
    byte[] ask(String method, byte[] request) {
        return ClientCalls.blockingUnaryCall(
                channel,
                descriptor(method, MethodType.UNARY),
                CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                request);
    }

    private static boolean active(byte[] message) {
        try {
            var in = CodedInputStream.newInstance(message);
            return in.readTag() == 8 && in.readBool();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A ScaledObjectRef. */
    static byte[] object(String namespace, Map<String, String> metadata) {
        return bytes(out -> {
            out.writeString(1, "worker");
            out.writeString(2, namespace);
            for (var entry : metadata.entrySet()) {
                out.writeByteArray(3, bytes(inner -> {
                    inner.writeString(1, entry.getKey());
                    inner.writeString(2, entry.getValue());
                    inner.writeString(15, "a field of the future");
                }));
            }
            out.writeInt64(16, 1);
        });
    }

    @FunctionalInterface
    private interface Writing {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        try {
            var bytes = new ByteArrayOutputStream();
            var out = CodedOutputStream.newInstance(bytes);
            writing.write(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MethodDescriptor<byte[], byte[]> descriptor(String method, MethodType type) {
        var bytes = new MethodDescriptor.Marshaller<byte[]>() {
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
        };
        return MethodDescriptor.newBuilder(bytes, bytes)
                .setType(type)
                .setFullMethodName("externalscaler.ExternalScaler/" + method)
                .build();
    }

    /** As a killed process: without a word. */
    @Override
    public void close() {
        channel.shutdownNow();
    }
}
