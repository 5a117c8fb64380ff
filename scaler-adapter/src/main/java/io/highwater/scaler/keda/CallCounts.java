// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.keda;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.function.BiConsumer;

/** Counts calls when they end, by the method's name and the status. */
record CallCounts(BiConsumer<String, Status.Code> count) implements ServerInterceptor {

    @Override
    public <Q, A> Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
        var counted = new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                count.accept(method, status.getCode());
                super.close(status, trailers);
            }
        };
        return new SimpleForwardingServerCallListener<>(next.startCall(counted, headers)) {
            @Override
            public void onCancel() {
                count.accept(method, Status.Code.CANCELLED);
                super.onCancel();
            }
        };
    }
}
