// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.client.page;

import io.highwater.core.CollectionException;
import io.highwater.core.Reason;
import io.highwater.exporters.client.page.PageText.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads a page in one of the two text formats, all of it strictly, what is not kept as well: half a page, or the page of
 * another program, is none. White space between words is as free as the older format has it in both. What is wrong is
 * said with its line.
 */
public final class PageReader {

    private final PageText text;
    private final PageFormat format;
    private final KeptSeries kept;

    private Span lastName = new Span(0, 0);
    private String name = "";
    private boolean keeps;

    public PageReader(byte[] page, PageFormat format, KeptSeries kept) {
        this.text = new PageText(page);
        this.format = format;
        this.kept = kept;
    }

    private boolean isOpenMetrics() {
        return format == PageFormat.OPENMETRICS;
    }

    /** @throws CollectionException with {@link Reason#PROTOCOL} for a page that is none */
    public void read() throws CollectionException {
        boolean ended = false;
        while (text.nextLine()) {
            if (ended) {
                throw text.wrong("there is more after # EOF");
            }
            ended = line();
            // A number that is cut off is another number.
            if (!ended && !text.isEnded()) {
                throw text.wrong("the page is cut off in it");
            }
        }
        if (isOpenMetrics() && !ended) {
            throw text.wrong("the page is cut off after it: there is no # EOF");
        }
    }

    /** Returns whether the page ends with this line. */
    private boolean line() throws CollectionException {
        if (!isOpenMetrics()) {
            text.skipBlanks();
        }
        if (text.take('#')) {
            return comment();
        }
        if (!text.isAtEnd() || isOpenMetrics()) {
            sample();
        }
        return false;
    }

    private boolean comment() throws CollectionException {
        text.skipBlanks();
        var word = text.ascii(text.word());
        switch (word) {
            case "EOF" -> {
                if (isOpenMetrics() && text.isAtEnd()) {
                    return true;
                }
            }
            case "TYPE" -> {
                metadata();
                type();
                return false;
            }
            case "HELP" -> {
                metadata();
                return false;
            }
            case "UNIT" -> {
                if (isOpenMetrics()) {
                    metadata();
                    return false;
                }
            }
            default -> {}
        }
        if (isOpenMetrics()) {
            throw text.wrong("a comment that is none of # HELP, # TYPE, # UNIT and # EOF");
        }
        return false;
    }

    private void metadata() throws CollectionException {
        text.skipBlanks();
        if (text.name(true).isEmpty()) {
            throw text.expected("the name of a metric");
        }
        if (!text.skipBlanks() && !text.isAtEnd()) {
            throw text.expected("a blank");
        }
    }

    private void type() throws CollectionException {
        var type = text.ascii(text.word());
        text.skipBlanks();
        if (!format.hasType(type) || !text.isAtEnd()) {
            throw text.wrong("not a type of metric");
        }
    }

    private void sample() throws CollectionException {
        name();
        text.skipBlanks();
        var labels = text.take('{') ? labels() : Map.<String, String>of();
        text.skipBlanks();
        double value = text.number(text.word());
        boolean blank = text.skipBlanks();
        var at = OptionalLong.empty();
        if (blank && !text.isAtEnd() && !isExemplar()) {
            at = OptionalLong.of(time(text.number(text.word())));
            text.skipBlanks();
        }
        if (!text.isAtEnd() && !isExemplar()) {
            throw text.expected("the end of the line");
        }
        if (!keeps) {
            kept.pass();
            return;
        }
        var wrong = kept.add(name, labels, value, at);
        if (wrong != null) {
            throw text.wrong(wrong);
        }
    }

    /** What follows is no part of the sample, and ignored. */
    private boolean isExemplar() {
        return isOpenMetrics() && text.sees('#');
    }

    private void name() throws CollectionException {
        var span = text.name(true);
        if (span.isEmpty()) {
            throw text.expected("the name of a metric");
        }
        // Most lines have the name of the one before.
        if (!text.same(span, lastName)) {
            name = text.ascii(span);
            keeps = kept.keeps(name);
            lastName = span;
        }
    }

    private Map<String, String> labels() throws CollectionException {
        var labels = new HashMap<String, String>();
        text.skipBlanks();
        while (!text.take('}')) {
            var label = text.name(false);
            if (label.isEmpty()) {
                throw text.expected("the name of a label");
            }
            text.skipBlanks();
            text.expect('=');
            text.skipBlanks();
            text.expect('"');
            var value = text.quoted();
            if (keeps && labels.put(text.ascii(label), text.unescaped(value)) != null) {
                throw text.wrong("the label " + text.ascii(label) + " twice");
            }
            text.skipBlanks();
            if (!text.sees('}')) {
                text.expect(',');
                text.skipBlanks();
            }
        }
        return labels;
    }

    /** In milliseconds. */
    private long time(double written) throws CollectionException {
        double millis = isOpenMetrics() ? written * 1000 : written;
        if (!Double.isFinite(millis) || (!isOpenMetrics() && millis != Math.rint(millis))) {
            throw text.wrong("not a time");
        }
        return (long) millis;
    }
}
