// SPDX-License-Identifier: Apache-2.0
package io.highwater.agent.config;

/**
 * One thing that is wrong with the configuration. Never holds the value of a secret.
 *
 * @param message what is wrong
 * @param suggestion what to write instead; may be empty
 */
public record Problem(Place place, String message, String suggestion) {

    @Override
    public String toString() {
        var where = place.toString();
        return (where.isEmpty() ? "" : where + ": ") + message + (suggestion.isEmpty() ? "" : "; " + suggestion);
    }
}
