// SPDX-License-Identifier: Apache-2.0
package io.highwater.core.web;

/**
 * What a route does: blocking code on a virtual thread of its own. A thrown exception becomes a 500 that says nothing
 * and an event in the log that says everything.
 */
@FunctionalInterface
public interface Handler {

    Response handle(Request request) throws Exception;
}
