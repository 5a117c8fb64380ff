// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

import io.highwater.core.Default;
import io.highwater.core.Doc;
import java.util.List;

/** The top level of a file, but for its clusters. */
record FileSettings(
        @Default("[]")
        @Doc(
                "more files of this form: a path or a pattern like `conf.d/*.yaml`, or a list of them, relative to this file")
        List<String> include) {}
