// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import com.google.protobuf.CodedInputStream;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** What KEDA sends, as Protocol Buffers put it on the wire. Fields that are not known are passed over. */
final class Requests {

    static final Marshaller<ScaledObjectRef> OBJECT = parsing(Requests::object);
    static final Marshaller<MetricsRequest> METRICS = parsing(Requests::metrics);

    /** A field's number and its type, length-delimited: strings, maps' entries and other messages. */
    private static final int FIELD_1 = 1 << 3 | 2;

    private static final int FIELD_2 = 2 << 3 | 2;
    private static final int FIELD_3 = 3 << 3 | 2;

    private Requests() {}

    @FunctionalInterface
    private interface Parser<T> {
        T parse(CodedInputStream in) throws IOException;
    }

    private static ScaledObjectRef object(CodedInputStream in) throws IOException {
        var name = "";
        var namespace = "";
        var metadata = new HashMap<String, String>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case FIELD_1 -> name = in.readStringRequireUtf8();
                case FIELD_2 -> namespace = in.readStringRequireUtf8();
                case FIELD_3 -> {
                    var entry = inner(in, Requests::entry);
                    metadata.put(entry.getKey(), entry.getValue());
                }
                default -> in.skipField(tag);
            }
        }
        return new ScaledObjectRef(name, namespace, metadata);
    }

    private static Map.Entry<String, String> entry(CodedInputStream in) throws IOException {
        var key = "";
        var value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case FIELD_1 -> key = in.readStringRequireUtf8();
                case FIELD_2 -> value = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        return Map.entry(key, value);
    }

    private static MetricsRequest metrics(CodedInputStream in) throws IOException {
        var object = new ScaledObjectRef("", "", Map.of());
        var metricName = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case FIELD_1 -> object = inner(in, Requests::object);
                case FIELD_2 -> metricName = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        return new MetricsRequest(object, metricName);
    }

    private static <T> T inner(CodedInputStream in, Parser<T> parser) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        var message = parser.parse(in);
        in.popLimit(limit);
        return message;
    }

    private static <T> Marshaller<T> parsing(Parser<T> parser) {
        return new Marshaller<>() {
            @Override
            public T parse(InputStream stream) {
                try {
                    return parser.parse(CodedInputStream.newInstance(stream));
                } catch (IOException e) {
                    throw Status.INVALID_ARGUMENT
                            .withDescription("not a message of externalscaler.proto")
                            .withCause(e)
                            .asRuntimeException();
                }
            }

            @Override
            public InputStream stream(T value) {
                throw new UnsupportedOperationException("KEDA writes it");
            }
        };
    }
}
