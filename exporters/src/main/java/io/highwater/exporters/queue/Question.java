// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.queue;

import io.highwater.core.CollectionException;
import io.highwater.exporters.client.redis.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One command of a pipeline and, when that came back, its reply. */
final class Question {

    private final List<String> command;
    private @Nullable Reply reply;

    Question(String... command) {
        this.command = List.of(command);
    }

    List<String> command() {
        return command;
    }

    void answer(Reply newReply) {
        reply = newReply;
    }

    /** Before it was asked, it is as if there were nothing. */
    Reply reply() {
        return reply == null ? new Reply(null) : reply;
    }

    /** A count or length. */
    long count() throws CollectionException {
        return (long) reply().number();
    }

    /** A string; empty when there is none. */
    Optional<String> text() throws CollectionException {
        return reply().value() == null ? Optional.empty() : Optional.of(reply().text());
    }

    /** A string that is a whole number; empty when there is none, or it is no number. */
    OptionalLong whole() throws CollectionException {
        return whole(text().orElse(""));
    }

    /** Strings, of which those that are not there are empty; none when there is no list. */
    List<String> texts() throws CollectionException {
        if (reply().value() == null) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var item : reply().items()) {
            texts.add(item.value() == null ? "" : item.text());
        }
        return texts;
    }

    /** The score of the first member of a list of members and scores; empty when there is none. */
    OptionalDouble firstScore() throws CollectionException {
        var texts = texts();
        return texts.size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(texts.get(1)));
    }

    static OptionalLong whole(String text) {
        try {
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
