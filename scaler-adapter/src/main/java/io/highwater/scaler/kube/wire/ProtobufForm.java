// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.highwater.scaler.kube.wire.ValueList.DescribedObject;
import io.highwater.scaler.kube.wire.ValueList.Form;
import io.highwater.scaler.kube.wire.ValueList.Item;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;

/**
 * Values as Kubernetes' protobuf, by the numbers in {@code generated.proto} of k8s.io/metrics, inside the envelope
 * {@code runtime.Unknown} of k8s.io/apimachinery.
 */
final class ProtobufForm {

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final byte[] NO_LIST_METADATA = {};

    private ProtobufForm() {}

    static byte[] write(ValueList list) {
        byte[] type = new Message()
                .text(1, list.apiVersion())
                .text(2, list.form().kind())
                .bytes();
        byte[] envelope = new Message().bytes(1, type).bytes(2, list(list)).bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream(MAGIC.length + envelope.length);
        out.writeBytes(MAGIC);
        out.writeBytes(envelope);
        return out.toByteArray();
    }

    private static byte[] list(ValueList list) {
        Message message = new Message().bytes(1, NO_LIST_METADATA);
        for (Item item : list.items()) {
            message.bytes(2, list.form() == Form.EXTERNAL ? external(item) : custom(list.form(), item));
        }
        return message.bytes();
    }

    private static byte[] external(Item item) {
        Message message = new Message().text(1, item.metric());
        for (Map.Entry<String, String> label : item.labels().entrySet()) {
            message.bytes(
                    2,
                    new Message()
                            .text(1, label.getKey())
                            .text(2, label.getValue())
                            .bytes());
        }
        message.bytes(3, time(item.timestamp()));
        if (item.windowSeconds() > 0) {
            message.number(4, item.windowSeconds());
        }
        return message.bytes(5, quantity(item)).bytes();
    }

    private static byte[] custom(Form form, Item item) {
        Message message = new Message();
        item.object().ifPresent(object -> message.bytes(1, object(object)));
        if (form == Form.CUSTOM_V1BETA1) {
            message.text(2, item.metric());
        } else {
            message.bytes(2, new Message().text(1, item.metric()).bytes());
        }
        message.bytes(3, time(item.timestamp()));
        if (item.windowSeconds() > 0) {
            message.number(4, item.windowSeconds());
        }
        return message.bytes(5, quantity(item)).bytes();
    }

    private static byte[] object(DescribedObject object) {
        return new Message()
                .text(1, object.kind())
                .text(2, object.namespace())
                .text(3, object.name())
                .text(5, object.apiVersion())
                .bytes();
    }

    private static byte[] time(Instant time) {
        return new Message().number(1, time.getEpochSecond()).bytes();
    }

    private static byte[] quantity(Item item) {
        return new Message()
                .bytes(1, item.value().toString().getBytes(US_ASCII))
                .bytes();
    }
}
