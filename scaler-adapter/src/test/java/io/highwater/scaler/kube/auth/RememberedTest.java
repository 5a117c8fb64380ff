// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.kube.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RememberedTest {

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger hits = new AtomicInteger();
    private final List<String> asked = new ArrayList<>();
    private final Remembered<String, String> answers = new Remembered<>(3, Duration.ofSeconds(10), now::get);

    @Test
    void asksOnceUntilTheAnswerIsTooOld() throws Exception {
        assertThat(get("a")).isEqualTo("A");
        now.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(get("a")).isEqualTo("A");
        assertThat(asked).containsExactly("a");
        assertThat(hits).hasValue(1);

        now.addAndGet(1);
        get("a");
        assertThat(asked).containsExactly("a", "a");
    }

    @Test
    void keepsThoseUsedLast() throws Exception {
        for (String key : List.of("a", "b", "c", "a", "d", "a", "b")) {
            get(key);
        }
        assertThat(asked).containsExactly("a", "b", "c", "d", "b");
        assertThat(answers.size()).isEqualTo(3);
    }

    @Test
    void forgetsAFailure() throws Exception {
        assertThatThrownBy(() -> answers.get("a", _ -> fail(), IOException.class, hits::incrementAndGet))
                .isInstanceOf(IOException.class);
        assertThat(get("a")).isEqualTo("A");
        assertThat(hits).hasValue(0);
    }

    @Test
    void letsWhoAsksTheSameWaitForOneAnswer() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> same = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                same.add(threads.submit(
                        () -> answers.get("a", key -> slow(key, answered), Exception.class, hits::incrementAndGet)));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> hits.get() == 19);
            answered.countDown();
            for (Future<String> one : same) {
                assertThat(one.get()).isEqualTo("A");
            }
        }
        assertThat(asked).containsExactly("a");
    }

    @Test
    void tellsWhoWaitsOfTheFailure() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> same = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                same.add(threads.submit(() -> answers.get(
                        "a",
                        _ -> {
                            failed.await();
                            return fail();
                        },
                        Exception.class,
                        hits::incrementAndGet)));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> hits.get() == 1);
            failed.countDown();
            for (Future<String> one : same) {
                assertThatThrownBy(one::get).hasRootCauseInstanceOf(IOException.class);
            }
        }
        assertThat(answers.size()).isZero();
    }

    private String get(String key) throws Exception {
        return answers.get(key, this::answer, RuntimeException.class, hits::incrementAndGet);
    }

    private String answer(String key) {
        asked.add(key);
        return key.toUpperCase(java.util.Locale.ROOT);
    }

    private String slow(String key, CountDownLatch until) throws InterruptedException {
        until.await();
        return answer(key);
    }

    private static String fail() throws IOException {
        throw new IOException("no");
    }
}
