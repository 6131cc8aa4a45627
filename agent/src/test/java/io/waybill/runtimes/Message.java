// Copyright 2026 The Waybill authors
// SPDX-License-Identifier: Apache-2.0
package io.waybill.runtimes;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;

/** A protobuf message by the numbers of its fields, for which nothing need be generated. */
final class Message {
    private final UnknownFieldSet fields;

    private Message(UnknownFieldSet fields) {
        this.fields = fields;
    }

    static Message empty() {
        return new Message(UnknownFieldSet.getDefaultInstance());
    }

    static Message parse(byte[] bytes) throws InvalidProtocolBufferException {
        return new Message(UnknownFieldSet.parseFrom(bytes));
    }

    byte[] toBytes() {
        return fields.toByteArray();
    }

    Message with(int number, String text) {
        return with(number, ByteString.copyFromUtf8(text));
    }

    Message with(int number, Message message) {
        return with(number, message.fields.toByteString());
    }

    Message with(int number, long value) {
        return new Message(fields.toBuilder()
                .mergeField(
                        number,
                        UnknownFieldSet.Field.newBuilder().addVarint(value).build())
                .build());
    }

    /** An entry of a map from text to text. */
    Message withEntry(int number, String key, String value) {
        return with(number, empty().with(1, key).with(2, value));
    }

    String text(int number) {
        return fields.getField(number).getLengthDelimitedList().get(0).toStringUtf8();
    }

    List<Message> all(int number) throws InvalidProtocolBufferException {
        List<ByteString> parts = fields.getField(number).getLengthDelimitedList();
        Message[] messages = new Message[parts.size()];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = parse(parts.get(i).toByteArray());
        }
        return List.of(messages);
    }

    private Message with(int number, ByteString bytes) {
        return new Message(fields.toBuilder()
                .mergeField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(bytes)
                                .build())
                .build());
    }
}
