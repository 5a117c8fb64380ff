// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.CollectionException;
import io.highwater.core.Samples;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said and heard on a line, in turns. What was heard stands in no message: it may be a secret. */
final class Dialogue {

    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_BYTES = 256 * 1024;
    private static final Pattern GROUP = Pattern.compile("\\$(?:(\\d)|\\{(\\d)})");

    private final Line line;
    private final TlsHandshake handshake;
    private final Attempt attempt;
    private final Samples out;
    private InputStream in;
    private int heard;

    Dialogue(Line line, TlsHandshake handshake, Attempt attempt, Samples out) throws IOException {
        this.line = line;
        this.handshake = handshake;
        this.attempt = attempt;
        this.out = out;
        this.in = new BufferedInputStream(line.socket().getInputStream());
    }

    void hold(List<TcpSettings.Exchange> turns) throws IOException, ProbeFailure, CollectionException {
        long started = System.nanoTime();
        boolean asExpected = false;
        try {
            for (var turn : turns) {
                take(turn);
            }
            asExpected = true;
        } catch (ProbeFailure e) {
            asExpected = e.reason() != FailureReason.BODY;
            throw e;
        } catch (IOException e) {
            asExpected = true; // of that, nothing is known
            throw e;
        } finally {
            out.add(TcpProber.FAILED_DUE_TO_REGEX, !asExpected);
            out.add(NetworkFamilies.PHASE, (System.nanoTime() - started) / 1e9, "talk");
        }
    }

    private void take(TcpSettings.Exchange turn) throws IOException, ProbeFailure, CollectionException {
        var words = turn.send().orElse("");
        if (turn.expect().isPresent()) {
            words = expanded(words, await(turn.expect().get()));
        }
        if (!words.isEmpty()) {
            line.socket().getOutputStream().write((words + "\n").getBytes(StandardCharsets.UTF_8));
        }
        if (turn.startTls()) {
            line.secure(StartTls.NONE, handshake, out);
            in = new BufferedInputStream(line.socket().getInputStream());
        }
    }

    private MatchResult await(Pattern expected) throws IOException, ProbeFailure {
        int lines = 0;
        try {
            while (true) {
                var match = found(expected, readLine());
                lines++;
                if (match.isPresent()) {
                    return match.get();
                }
            }
        } catch (EOFException e) {
            throw new ProbeFailure(
                    FailureReason.BODY, "none of " + lines + " lines has " + expected + ", then the server closed", e);
        }
    }

    private Optional<MatchResult> found(Pattern expected, String text) throws ProbeFailure {
        return PatientText.search(
                expected,
                text,
                attempt,
                patient -> expected.matcher(patient).results().findFirst());
    }

    /** Without its end. A last line may lack one. */
    private String readLine() throws IOException, ProbeFailure {
        var text = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 && text.size() == 0) {
                throw new EOFException();
            }
            if (next < 0) {
                break;
            }
            text.write(next);
            heard++;
            if (text.size() > LONGEST_LINE || heard > MOST_BYTES) {
                throw new ProbeFailure(FailureReason.PROTOCOL, "the server does not stop talking");
            }
        }
        heard++;
        return text.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
    }

    private static String expanded(String words, MatchResult match) {
        return GROUP.matcher(words).replaceAll(group -> {
            int number = Integer.parseInt(group.group(1) == null ? group.group(2) : group.group(1));
            var text = number <= match.groupCount() ? match.group(number) : null;
            return Matcher.quoteReplacement(text == null ? "" : text);
        });
    }
}
