// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Look-ups at a resolver that does not answer, until it does. */
class PendingLookupsTest {

    private final CountDownLatch down = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final PendingLookups lookups = new PendingLookups(host -> {
        asked.incrementAndGet();
        await();
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    });

    private void await() throws UnknownHostException {
        try {
            if (!down.await(30, TimeUnit.SECONDS)) {
                throw new UnknownHostException("nobody let it go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InetAddress[] addresses(Duration patience) throws ProbeFailure, InterruptedException, UnknownHostException {
        return lookups.addresses("pay.example", Attempt.within(patience));
    }

    @Test
    void whileOneWaitsNoOtherIsBegun() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> addresses(Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            ProbeFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT));
        }
        assertThat(asked).hasValue(1);

        down.countDown();

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(addresses(Duration.ofSeconds(20))).containsExactly(InetAddress.getLoopbackAddress());
            assertThat(asked).as("what has ended is asked anew").hasValueGreaterThan(1);
        });
    }
}
