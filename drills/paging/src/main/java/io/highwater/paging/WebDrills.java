// SPDX-License-Identifier: Apache-2.0
package io.highwater.paging;

import java.time.Duration;
import java.util.List;

/** What can happen to a service that is probed. */
final class WebDrills {

    static final List<Drill<WebStack>> ALL = List.of(Drill.<WebStack>of(
                    "ProbeFailing",
                    "the service is killed",
                    Duration.ofSeconds(2),
                    stack -> stack.server().kill(),
                    stack -> stack.server().restart())
            .ages());

    private WebDrills() {}
}
