// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import com.google.protobuf.CodedOutputStream;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * What KEDA is sent, as Protocol Buffers put it on the wire. A number is sent as a float and, rounded up, as the integer
 * that KEDA reads when the float is not above 0.
 */
final class Replies {

    static final Marshaller<Boolean> ACTIVE = writing(Replies::active);
    static final Marshaller<MetricSpec> SPEC = writing((spec, out) -> named(spec.metricName(), spec.target(), out));
    static final Marshaller<MetricValue> VALUE =
            writing((value, out) -> named(value.metricName(), value.number(), out));

    private Replies() {}

    @FunctionalInterface
    private interface Writer<T> {
        void write(T message, CodedOutputStream out) throws IOException;
    }

    private static void active(boolean active, CodedOutputStream out) throws IOException {
        out.writeBool(1, active);
    }

    /** A list of one: specs and values have the same fields. */
    private static void named(String name, double number, CodedOutputStream out) throws IOException {
        out.writeByteArray(1, bytes(number, (of, inner) -> {
            inner.writeString(1, name);
            inner.writeInt64(2, (long) Math.ceil(of));
            inner.writeDouble(3, of);
        }));
    }

    private static <T> byte[] bytes(T message, Writer<T> writer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        writer.write(message, out);
        out.flush();
        return bytes.toByteArray();
    }

    private static <T> Marshaller<T> writing(Writer<T> writer) {
        return new Marshaller<>() {
            @Override
            public InputStream stream(T value) {
                try {
                    return new ByteArrayInputStream(bytes(value, writer));
                } catch (IOException e) {
                    throw new UncheckedIOException("memory does not fail", e);
                }
            }

            @Override
            public T parse(InputStream stream) {
                throw new UnsupportedOperationException("KEDA reads it");
            }
        };
    }
}
