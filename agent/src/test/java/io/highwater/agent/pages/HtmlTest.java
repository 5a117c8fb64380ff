// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void escapesWhatIsPutIn() {
        assertThat(Html.of("<a title=\"{}\">{}</a>", "\" onclick='x'", "<script>&")
                        .markup())
                .isEqualTo("<a title=\"&quot; onclick=&#39;x&#39;\">&lt;script&gt;&amp;</a>");
    }

    @Test
    void takesMarkupAsItIs() {
        assertThat(Html.of("<p>{}</p>", Html.of("<b>{}</b>", "{}")).markup()).isEqualTo("<p><b>{}</b></p>");
        assertThat(Html.all(List.of(Html.of("<i>"), Html.NOTHING, Html.of("</i>")))
                        .markup())
                .isEqualTo("<i></i>");
    }

    @Test
    void aValueIsNotAPlaceForTheNext() {
        assertThat(Html.of("{} {}", "{}", 2).markup()).isEqualTo("{} 2");
    }

    @Test
    void refusesValuesWithoutAPlace() {
        assertThatThrownBy(() -> Html.of("{}", 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
