// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import java.util.function.Function;

/** The service {@code externalscaler.ExternalScaler}. */
final class ExternalScaler {

    private static final String NAME = "externalscaler.ExternalScaler";
    static final String STREAM_IS_ACTIVE = "StreamIsActive";
    static final String STREAM_METRIC_SPEC = "StreamMetricSpec";

    private ExternalScaler() {}

    static ServerServiceDefinition definition(
            Scalings scalings, OpenStreams<Boolean> activities, OpenStreams<MetricSpec> specs) {
        var service = ServerServiceDefinition.builder(NAME);
        unary(
                service,
                "IsActive",
                Requests.OBJECT,
                Replies.ACTIVE,
                object -> scalings.of(object).active());
        unary(
                service,
                "GetMetricSpec",
                Requests.OBJECT,
                Replies.SPEC,
                object -> scalings.of(object).spec());
        unary(service, "GetMetrics", Requests.METRICS, Replies.VALUE, request -> value(scalings, request));
        service.addMethod(
                descriptor(STREAM_IS_ACTIVE, MethodType.SERVER_STREAMING, Requests.OBJECT, Replies.ACTIVE),
                ServerCalls.asyncServerStreamingCall(activities::open));
        service.addMethod(
                descriptor(STREAM_METRIC_SPEC, MethodType.SERVER_STREAMING, Requests.OBJECT, Replies.SPEC),
                ServerCalls.asyncServerStreamingCall(specs::open));
        return service.build();
    }

    private static MetricValue value(Scalings scalings, MetricsRequest request) {
        var scaling = scalings.of(request.object());
        if (!request.metricName().equals(scaling.metric().name())) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("metricName " + request.metricName() + " is not the trigger's metric, which is "
                            + scaling.metric().name())
                    .asRuntimeException();
        }
        return scaling.value();
    }

    private static <Q, A> void unary(
            ServerServiceDefinition.Builder service,
            String name,
            Marshaller<Q> request,
            Marshaller<A> reply,
            Function<Q, A> answer) {
        service.addMethod(
                descriptor(name, MethodType.UNARY, request, reply), ServerCalls.asyncUnaryCall((asked, observer) -> {
                    A answered;
                    try {
                        answered = answer.apply(asked);
                    } catch (StatusRuntimeException e) {
                        observer.onError(e);
                        return;
                    }
                    observer.onNext(answered);
                    observer.onCompleted();
                }));
    }

    private static <Q, A> MethodDescriptor<Q, A> descriptor(
            String name, MethodType type, Marshaller<Q> request, Marshaller<A> reply) {
        return MethodDescriptor.newBuilder(request, reply)
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
                .build();
    }
}
