// SPDX-License-Identifier: Apache-2.0
package io.highwater.scaler.hpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.scaler.hpa.Assessment.Failed;
import io.highwater.scaler.hpa.Assessment.Proposed;
import io.highwater.scaler.hpa.MetricResult.Pods;
import io.highwater.scaler.hpa.MetricResult.Values;
import io.highwater.scaler.hpa.MetricSpec.PerReplica;
import io.highwater.scaler.hpa.MetricSpec.Source;
import io.highwater.scaler.hpa.MetricSpec.Total;
import io.highwater.scaler.hpa.MetricSpec.Utilization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaCalculatorTest {

    private static final ReplicaCalculator CALCULATOR = new ReplicaCalculator(Tolerance.DEFAULT);

    @ParameterizedTest(name = "{0} at {1} each, {2} replicas: {3}")
    @CsvSource({
        "250,   10, 20, 25", // 1.25
        "220,   10, 20, 20", // 1.1 is tolerated
        "220.1, 10, 20, 23", // a little more is not
        "180,   10, 20, 20", // 0.9 is
        "179.9, 10, 20, 18",
        "0,     10, 20, 0",
        "7,     10, 0,  1", // from nothing
        "0,     10, 0,  0",
        "1,     3,  7,  1",
        "21,    1,  20, 20", // 21 wanted, 20 there: never done
        "23,    1,  20, 23",
    })
    void sharesATotal(double number, double target, int replicas, int expected) {
        for (Source source : Source.values()) {
            var metric = new PerReplica(source, "lag", MetricResult.milli(target));
            assertThat(replicas(metric, MetricResult.of(number), Scale.of(replicas)))
                    .isEqualTo(expected);
        }
    }

    /** Pods that are asked for and not there do not count, pods that are there and not ready do. */
    @Test
    void sharesATotalAmongThePodsThatExist() {
        var metric = new PerReplica(Source.EXTERNAL, "lag", 10_000);
        assertThat(replicas(metric, MetricResult.of(105), new Scale(20, 10, 0))).isEqualTo(10);
        assertThat(replicas(metric, MetricResult.of(150), new Scale(20, 10, 0))).isEqualTo(15);
    }

    @ParameterizedTest(name = "{0} of {1}, {2} replicas of which {3} are ready: {4}")
    @CsvSource({
        "200, 100, 3, 3, 6",
        "200, 100, 3, 2, 4", // the more that start, the less it asks for
        "110, 100, 3, 1, 3",
        "90,  100, 3, 1, 3",
        "50,  100, 5, 5, 3",
        "0,   100, 5, 5, 0",
        "200, 100, 3, 0, 0",
    })
    void takesANumberInProportion(double number, double target, int replicas, int ready, int expected) {
        for (Source source : Source.values()) {
            var metric = new Total(source, "latency", MetricResult.milli(target));
            assertThat(replicas(metric, MetricResult.of(number), new Scale(replicas, replicas, ready)))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0} measured at {3} %, {1} starting, {2} silent, of {4} %: {5}")
    @CsvSource({
        "4, 0, 0, 100, 70, 6", // 1.43 * 4
        "4, 0, 0, 75,  70, 4", // 1.07 is tolerated
        "4, 0, 0, 35,  70, 2",
        "2, 2, 0, 140, 70, 4", // the starting ones take their part: 70 % of all four
        "2, 2, 0, 280, 70, 8", // 140 % of all four
        "2, 2, 0, 35,  70, 1", // and do not count where there would be fewer
        "2, 0, 2, 35,  70, 4", // the silent ones are busy then: 67 % of all four
        "2, 0, 2, 10,  70, 4", // 55 % of all four
        "6, 0, 2, 10,  70, 4", // 32 % of all eight
        "2, 0, 2, 280, 70, 8", // and idle where there would be more
        "2, 0, 2, 100, 70, 4", // 50 % of all four: it does not turn round
    })
    void measuresAResource(int measured, int starting, int silent, int percent, int target, int expected) {
        var pods = new Pods(measured, starting, silent, 10L * percent * measured, 1000);
        int all = measured + starting + silent;
        assertThat(replicas(new Utilization("cpu", target), pods, Scale.of(all)))
                .isEqualTo(expected);
        assertThat(Pods.at(percent, measured)).isEqualTo(new Pods(measured, 0, 0, pods.usageMilli(), 1000));
    }

    @Test
    void addsItemsOfAnExternalMetric() {
        var values = new Values(List.of(100_000L, 150_000L));
        assertThat(replicas(new PerReplica(Source.EXTERNAL, "lag", 10_000), values, Scale.of(5)))
                .isEqualTo(25);
        assertThat(replicas(new Total(Source.EXTERNAL, "lag", 125_000), values, Scale.of(5)))
                .isEqualTo(10);
    }

    /** It takes them for an overflow: a signal must never be negative. */
    @Test
    void takesANegativeTotalForAllThereCanBe() {
        var external = new PerReplica(Source.EXTERNAL, "lag", 10_000);
        var object = new PerReplica(Source.OBJECT, "lag", 10_000);
        assertThat(replicas(external, MetricResult.of(-1), Scale.of(5))).isEqualTo(Integer.MAX_VALUE);
        assertThat(replicas(object, MetricResult.of(-1), Scale.of(5))).isZero();
    }

    @Test
    void doesNotOverflow() {
        var values = new Values(List.of(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(replicas(new PerReplica(Source.EXTERNAL, "lag", 1), values, Scale.of(5)))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(replicas(new Total(Source.EXTERNAL, "lag", 1), values, Scale.of(5)))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void hasNoAnswerWithoutANumber() {
        var lag = new PerReplica(Source.EXTERNAL, "lag", 1000);
        assertThat(CALCULATOR.assess(lag, new MetricResult.Failed("no such metric"), Scale.of(1)))
                .isEqualTo(new Failed(lag, "no such metric"));
        assertThat(CALCULATOR.assess(lag, new Values(List.of()), Scale.of(1))).isInstanceOf(Failed.class);
        assertThat(CALCULATOR.assess(
                        new Total(Source.OBJECT, "latency", 1000), new Values(List.of(1L, 2L)), Scale.of(1)))
                .isInstanceOf(Failed.class);
        assertThat(CALCULATOR.assess(
                        new Total(Source.EXTERNAL, "latency", 1000), MetricResult.of(2), new Scale(1, 0, 0)))
                .isInstanceOf(Failed.class);
        assertThat(CALCULATOR.assess(new Utilization("cpu", 70), Pods.at(50, 0), Scale.of(1)))
                .isInstanceOf(Failed.class);
    }

    @Test
    void saysHowItCalculated() {
        var metric = new PerReplica(Source.EXTERNAL, "lag", 10_000);
        assertThat(CALCULATOR
                        .assess(metric, MetricResult.of(250.5), Scale.of(20))
                        .sentence())
                .isEqualTo("lag: 250.5 / (20 replicas x 10) is 1.253, so 26");
        assertThat(CALCULATOR.assess(metric, MetricResult.of(44), Scale.of(4)).sentence())
                .isEqualTo("lag: 44 / (4 replicas x 10) is 1.1, which is tolerated, so 4");
    }

    @Test
    void roundsQuantitiesUp() {
        assertThat(MetricResult.milli(1.0001)).isEqualTo(1001);
        assertThat(MetricResult.milli(0.1 + 0.2)).isEqualTo(301);
        assertThat(MetricResult.milli(2)).isEqualTo(2000);
        assertThatThrownBy(() -> MetricResult.milli(1e17)).isInstanceOf(ArithmeticException.class);
    }

    private static int replicas(MetricSpec metric, MetricResult result, Scale scale) {
        return ((Proposed) CALCULATOR.assess(metric, result, scale)).replicas();
    }
}
