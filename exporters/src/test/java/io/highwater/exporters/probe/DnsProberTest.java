// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.lab.DnsServer;
import io.highwater.lab.FreePort;
import io.highwater.lab.HostileServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A dnsmasq with records of each type, and servers that answer as none should. */
class DnsProberTest {

    private static DnsServer server;

    @BeforeAll
    static void start() {
        server = DnsServer.start(
                "--host-record=shop.example,192.0.2.7,2001:db8::7",
                "--cname=www.example,shop.example",
                "--mx-host=shop.example,mail.example,10",
                "--srv-host=_pg._tcp.example,db.example,5432,1,2",
                "--txt-record=shop.example,v=spf1 -all,a \"quoted\" word",
                "--ptr-record=7.2.0.192.in-addr.arpa,shop.example",
                "--address=/gone.example/",
                "--edns-packet-max=512",
                "--txt-record=large.example," + String.join(",", longTexts()));
    }

    private static List<String> longTexts() {
        return IntStream.range(0, 4)
                .mapToObj(i -> Integer.toString(i).repeat(200))
                .toList();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DnsSettings settings(
            String address, String name, DnsType type, List<String> rcodes, String... data) {
        var wish = new DnsWish(address, name, type);
        wish.rcodes = rcodes;
        wish.data = data.length == 0 ? Optional.empty() : Optional.of(List.of(data));
        return wish.settings();
    }

    private static Tried tried(String name, DnsType type, String... data) {
        return Tried.once(settings(server.address(), name, type, List.of("NOERROR"), data));
    }

    @Test
    void theRecordsOfEachTypeAreRead() {
        assertThat(tried("shop.example", DnsType.A, "192.0.2.7").failure()).isEmpty();
        assertThat(tried("shop.example.", DnsType.AAAA, "2001:db8::7").failure())
                .isEmpty();
        assertThat(tried("www.example", DnsType.CNAME, "shop.example.").failure())
                .isEmpty();
        assertThat(tried("shop.example", DnsType.MX, "10 mail.example.").failure())
                .isEmpty();
        assertThat(tried("_pg._tcp.example", DnsType.SRV, "1 2 5432 db.example.")
                        .failure())
                .isEmpty();
        assertThat(tried("shop.example", DnsType.TXT, "\"v=spf1 -all\" \"a \\\"quoted\\\" word\"")
                        .failure())
                .isEmpty();
        assertThat(tried("7.2.0.192.in-addr.arpa", DnsType.PTR, "shop.example.").failure())
                .isEmpty();
    }

    @Test
    void whatTheAnswerHasIsTold() {
        var tried = tried("www.example", DnsType.A, "192.0.2.7");

        assertThat(tried.failure()).isEmpty();
        assertThat(tried.value("probe_dns_answer_rrs")).hasValue(2);
        assertThat(tried.value("probe_dns_rcode")).hasValue(0);
        assertThat(tried.value("probe_dns_query_succeeded")).hasValue(1);
        assertThat(tried.value("probe_dns_duration_seconds", "phase=\"request\"")
                        .orElseThrow())
                .isPositive();
    }

    @Test
    void theSerialOfAZoneIsTold() {
        try (var own = DnsServer.start(
                "--auth-server=ns.zone.example,lo",
                "--auth-zone=zone.example,127.0.0.0/8",
                "--auth-soa=2026112201,hostmaster.zone.example")) {
            var tried = Tried.once(settings(own.address(), "zone.example", DnsType.SOA, List.of("NOERROR")));

            assertThat(tried.failure()).isEmpty();
            assertThat(tried.value("probe_dns_serial")).hasValue(2026112201.0);
        }
    }

    @Test
    void otherDataThanWantedIsAFailureThatStillTells() {
        var tried = tried("shop.example", DnsType.A, "192.0.2.8");

        assertThat(tried.reason()).contains(FailureReason.BODY);
        assertThat(tried.message()).isEqualTo("the records are [192.0.2.7] where [192.0.2.8] is wanted");
        assertThat(tried.value("probe_dns_answer_rrs")).hasValue(1);
    }

    @Test
    void anRcodeThatIsNotWantedIsAFailure() {
        var refused = tried("elsewhere.test", DnsType.A);

        assertThat(refused.reason()).contains(FailureReason.STATUS);
        assertThat(refused.message()).contains("REFUSED");
        assertThat(refused.value("probe_dns_rcode")).hasValue(5);
        assertThat(refused.value("probe_dns_query_succeeded")).hasValue(1);
        assertThat(Tried.once(settings(server.address(), "gone.example", DnsType.A, List.of("NXDOMAIN")))
                        .failure())
                .isEmpty();
    }

    @Test
    void whatDoesNotFitIsAskedForByTcp() {
        var texts = longTexts().stream().map(text -> '"' + text + '"').toList();

        assertThat(tried("large.example", DnsType.TXT, String.join(" ", texts)).failure())
                .isEmpty();
    }

    @Test
    void rulesAreThoseOfTheBlackboxExporter() {
        var seven = List.of(Pattern.compile("\\t192\\.0\\.2\\.7$"));
        var eight = List.of(Pattern.compile("\\t192\\.0\\.2\\.8$"));
        List<Pattern> none = List.of();

        assertThat(ruled(new RecordRules(seven, none, none, none)).reason()).contains(FailureReason.BODY);
        assertThat(ruled(new RecordRules(eight, none, none, none)).failure()).isEmpty();
        assertThat(ruled(new RecordRules(none, seven, none, none)).reason()).contains(FailureReason.BODY);
        assertThat(ruled(new RecordRules(none, none, seven, none)).failure()).isEmpty();
        assertThat(ruled(new RecordRules(none, none, eight, none)).reason()).contains(FailureReason.BODY);
        assertThat(ruled(new RecordRules(none, none, none, seven)).failure()).isEmpty();
        assertThat(ruled(new RecordRules(none, none, none, eight)).reason()).contains(FailureReason.BODY);
    }

    @Test
    void aRuleThatGoesBackWithoutEndIsCut() {
        List<Pattern> none = List.of();
        var rules = new RecordRules(List.of(Pattern.compile("\t(a|aa)+\\1$")), none, none, none);
        var records = List.of(new DnsRecord("a.example.", 60, "TXT", "a".repeat(40) + "!"));

        assertThatThrownBy(() -> rules.check("answer", records, Attempt.within(Duration.ofMillis(100))))
                .isInstanceOfSatisfying(
                        ProbeFailure.class, cut -> assertThat(cut.reason()).isEqualTo(FailureReason.TIMEOUT));
    }

    @Test
    void aNameWithASpaceIsOneWord() throws UnknownHostException {
        var data = new ByteArrayOutputStream();
        data.writeBytes(new byte[] {0, 0, 6, 0, 1, 0, 0, 0, 0, 0, 26});
        data.writeBytes(new byte[] {3, 'a', ' ', 'b', 0, 0});
        data.writeBytes(new byte[20]);

        var soa = new DnsReader(ByteBuffer.wrap(data.toByteArray())).resource();

        assertThat(soa.data()).isEqualTo("a\\032b. . 0 0 0 0 0");
    }

    @Test
    void addressesOfIpv6AreWrittenAsPeopleDo() throws UnknownHostException {
        for (var text :
                List.of("2001:db8::7", "::", "::1", "1::", "2001:db8:0:1:1:1:1:1", "1:0:0:2::3", "1:2:3:4:5:6:7:8")) {
            assertThat(Inet6Text.of(InetAddress.getByName(text).getAddress())).isEqualTo(text);
        }
    }

    private static Tried ruled(RecordRules rules) {
        var wish = new DnsWish(server.address(), "shop.example", DnsType.A);
        wish.transport = DnsSettings.Transport.TCP;
        wish.answer = Optional.of(rules);
        return Tried.once(wish.settings());
    }

    @Test
    void aServerThatHangsIsATimeoutAndOneThatIsGoneRefuses() {
        try (var own = DnsServer.start()) {
            var settings = settings(own.address(), "shop.example", DnsType.A, List.of("REFUSED"));
            assertThat(Tried.once(settings).failure()).isEmpty();

            own.pause();
            var hung = Tried.once(settings, Duration.ofMillis(300));
            assertThat(hung.reason()).contains(FailureReason.TIMEOUT);
            assertThat(hung.value("probe_dns_query_succeeded")).hasValue(0);

            own.resume();
            own.kill();
            assertThat(Tried.once(settings).reason()).contains(FailureReason.REFUSED);
        }
    }

    @Test
    void anAnswerToAnotherQuestionIsPassedOver() throws IOException {
        assertThat(answered(query -> new byte[0])).contains(FailureReason.TIMEOUT);
        assertThat(answered(query -> query)).contains(FailureReason.TIMEOUT); // no answer, but our question
        assertThat(answered(query -> with(query, 0, query[0] ^ 1))).contains(FailureReason.TIMEOUT);
    }

    @Test
    void anAnswerThatBreaksTheFormIsAProtocolFailure() throws IOException {
        assertThat(answered(query -> with(with(query, 2, 0x80), 7, 9))).contains(FailureReason.PROTOCOL);
        // A name that points to itself, in a record.
        assertThat(answered(query -> {
                    var answer = Arrays.copyOf(with(with(query, 2, 0x80), 7, 1), query.length + 12);
                    answer[query.length] = (byte) 0xc0;
                    answer[query.length + 1] = (byte) query.length;
                    return answer;
                }))
                .contains(FailureReason.PROTOCOL);
    }

    @Test
    void garbageByTcpIsAFailure() {
        try (var garbage = HostileServer.garbage();
                var closing = HostileServer.closing()) {
            for (var hostile : List.of(garbage, closing)) {
                var wish = new DnsWish("127.0.0.1:" + hostile.port(), "shop.example", DnsType.A);
                wish.transport = DnsSettings.Transport.TCP;
                assertThat(Tried.once(wish.settings(), Duration.ofMillis(500)).reason())
                        .isPresent()
                        .get()
                        .isIn(FailureReason.PROTOCOL, FailureReason.TIMEOUT);
            }
        }
    }

    @Test
    void noBytesAreTooWrongToBeRead() {
        var random = new Random(8);
        var question = new DnsQuestion(0, "a", DnsType.A);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 12) {
                System.arraycopy(new byte[] {0, 0, (byte) 0x80, 0, 0, 0, 0, 2, 0, 1, 0, 0}, 0, bytes, 0, 12);
            }
            assertThatCode(() -> readOrRefused(bytes, question)).doesNotThrowAnyException();
        }
    }

    private static void readOrRefused(byte[] bytes, DnsQuestion question) {
        try {
            DnsAnswer.of(bytes, question);
        } catch (ProbeFailure e) {
            assertThat(e.reason()).isEqualTo(FailureReason.PROTOCOL);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> settings("", "a", DnsType.A, List.of())).hasMessageStartingWith("server: ");
        assertThatThrownBy(() -> settings("h", "a..b", DnsType.A, List.of())).hasMessageStartingWith("name: ");
        assertThatThrownBy(() -> settings("h", "a b", DnsType.A, List.of())).hasMessageStartingWith("name: ");
        assertThatThrownBy(() -> settings("h", "a", DnsType.A, List.of("FINE"))).hasMessageStartingWith("rcodes: ");
    }

    private static byte[] with(byte[] message, int at, int octet) {
        var changed = message.clone();
        changed[at] = (byte) octet;
        return changed;
    }

    /** How an attempt ends at a server that makes this of a question. */
    private static Optional<FailureReason> answered(UnaryOperator<byte[]> answer) throws IOException {
        try (var socket = new DatagramSocket(FreePort.next(), InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(socket, answer));
            var address = "127.0.0.1:" + socket.getLocalPort();
            return Tried.once(settings(address, "shop.example", DnsType.A, List.of("NOERROR")), Duration.ofMillis(500))
                    .reason();
        }
    }

    private static void answer(DatagramSocket socket, UnaryOperator<byte[]> answer) {
        try {
            var packet = new DatagramPacket(new byte[512], 512);
            socket.receive(packet);
            var bytes = answer.apply(Arrays.copyOf(packet.getData(), packet.getLength()));
            socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        } catch (IOException e) {
            // closed
        }
    }
}
