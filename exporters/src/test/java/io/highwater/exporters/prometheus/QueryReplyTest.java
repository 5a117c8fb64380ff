// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.highwater.core.CollectionException;
import io.highwater.core.ForeignSeries.Series;
import io.highwater.exporters.client.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of servers other than the one that the tests run, and newer ones. */
class QueryReplyTest {

    private static QueryReply read(String json) throws CollectionException {
        return Json.read(
                json.getBytes(StandardCharsets.UTF_8), "/api/v1/query", body -> QueryReply.read(body, "rps", 2));
    }

    @Test
    void histogramsAreLeftOutAndWarningsAndInfosAreRemarks() throws CollectionException {
        var reply = read("""
                {"status":"success","data":{"resultType":"vector","result":[
                  {"metric":{"__name__":"h","a":"b"},"histogram":[1,{"count":"2","sum":"3","buckets":[[0,"1","2","3"]]}]},
                  {"metric":{"__name__":"f","a":"c"},"value":[1,"5"]}]},
                 "warnings":["partial response"],"infos":["PromQL info: not a counter"]}
                """);
        assertThat(reply.series()).containsExactly(new Series("rps", Map.of("a", "c"), 5));
        assertThat(reply.remarks())
                .containsExactly(
                        "partial response",
                        "PromQL info: not a counter",
                        "1 of its series left out: native histograms");
    }

    @Test
    void theOrderOfTheFieldsDoesNotMatter() throws CollectionException {
        var reply = read("""
                {"isPartial":false,"data":{"result":[{"value":[1e9,"-Inf"],"metric":{}}],"resultType":"vector"},"stats":{"x":[1]},
                 "status":"success"}
                """);
        assertThat(reply.series()).containsExactly(new Series("rps", Map.of(), Double.NEGATIVE_INFINITY));
    }

    @Test
    void anErrorIsNoResult() throws CollectionException {
        var reply = read("{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"query timed out\"}");
        assertThat(reply.error()).hasValue(new QueryReply.Refusal("timeout", "query timed out"));
        assertThat(reply.series()).isEmpty();
    }

    @Test
    void ofTooManySeriesNoneButTheFirstAreHeld() throws CollectionException {
        var one = "{\"metric\":{},\"value\":[1,\"5\"]}";
        var reply = read("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + String.join(",", List.of(one, one, one, one, one)) + "]}}");
        assertThat(reply.series()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":\"success\"}",
                "{\"status\":\"fine\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":{}}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":1}}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[",
            })
    void whatIsNoAnswerIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(CollectionException.class);
    }
}
