// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import io.highwater.core.Samples;
import io.highwater.core.Texts;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a DNS server one question, once. */
final class DnsProber implements Prober {

    private static final SecureRandom IDS = new SecureRandom();
    private static final int ALL_IDS = 1 << 16;

    /** Of records in a message. */
    private static final int LONGEST = 150;

    private final DnsSettings settings;
    private volatile @Nullable DnsExchange exchange;

    DnsProber(DnsSettings settings) {
        this.settings = settings;
    }

    @Override
    public void probe(Attempt attempt, Samples out) throws ProbeFailure, InterruptedException {
        var answer = asked(attempt, out);
        out.add(DnsFamilies.ANSWERS, answer.answer().size());
        out.add(DnsFamilies.AUTHORITIES, answer.authority().size());
        out.add(DnsFamilies.ADDITIONAL, answer.additional().size());
        out.add(DnsFamilies.RCODE, answer.rcode());
        serial(answer.answer()).ifPresent(serial -> out.add(DnsFamilies.SERIAL, serial));
        check(answer, attempt);
    }

    private DnsAnswer asked(Attempt attempt, Samples out) throws ProbeFailure, InterruptedException {
        boolean succeeded = false;
        try {
            long started = System.nanoTime();
            var server = Lookup.of(settings.address(), attempt, out);
            tell(out, "resolve", started);
            var question = new DnsQuestion(IDS.nextInt(ALL_IDS), settings.name(), settings.type());
            var asking = new DnsExchange(server, question, attempt);
            exchange = asking;
            long asked = System.nanoTime();
            var answer = settings.transport() == DnsSettings.Transport.TCP ? asking.byTcp() : asking.byUdp();
            if (answer.truncated() && settings.transport() == DnsSettings.Transport.UDP) {
                answer = asking.byTcp();
            }
            out.add(DnsFamilies.DURATION, asking.connectNanos() / 1e9, "connect");
            tell(out, "request", asked + asking.connectNanos());
            succeeded = true;
            return answer;
        } catch (IOException e) {
            throw NetworkFailures.of(settings.address().toString(), e, attempt);
        } finally {
            exchange = null;
            out.add(DnsFamilies.SUCCEEDED, succeeded);
        }
    }

    private static void tell(Samples out, String phase, long sinceNanos) {
        out.add(DnsFamilies.DURATION, (System.nanoTime() - sinceNanos) / 1e9, phase);
    }

    private static Optional<Double> serial(List<DnsRecord> records) {
        return records.stream()
                .filter(entry -> entry.type().equals(DnsType.SOA.name()))
                .map(entry -> Double.valueOf(entry.data().split(" ", -1)[2]))
                .findFirst();
    }

    private void check(DnsAnswer answer, Attempt attempt) throws ProbeFailure {
        var rcode = DnsAnswer.name(answer.rcode());
        if (!settings.rcodes().contains(rcode)) {
            throw new ProbeFailure(FailureReason.STATUS, "the server says " + rcode);
        }
        if (settings.data().isPresent()) {
            checkData(answer.answer(), settings.data().get());
        }
        check("answer", settings.answer(), answer.answer(), attempt);
        check("authority", settings.authority(), answer.authority(), attempt);
        check("additional", settings.additional(), answer.additional(), attempt);
    }

    private void checkData(List<DnsRecord> records, List<String> wanted) throws ProbeFailure {
        var found = records.stream()
                .filter(entry -> entry.type().equals(settings.type().name()))
                .map(DnsRecord::data)
                .sorted()
                .toList();
        if (!found.equals(wanted.stream().sorted().toList())) {
            throw new ProbeFailure(
                    FailureReason.BODY, "the records are " + cut(found) + " where " + cut(wanted) + " is wanted");
        }
    }

    private static String cut(List<String> data) {
        return Texts.cut(data.toString(), LONGEST);
    }

    private static void check(String section, Optional<RecordRules> rules, List<DnsRecord> records, Attempt attempt)
            throws ProbeFailure {
        if (rules.isPresent()) {
            rules.get().check(section, records, attempt);
        }
    }

    @Override
    public void abort() {
        var asking = exchange;
        if (asking != null) {
            asking.abort();
        }
    }
}
