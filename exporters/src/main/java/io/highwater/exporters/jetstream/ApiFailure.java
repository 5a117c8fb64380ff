// SPDX-License-Identifier: Apache-2.0
package io.highwater.exporters.jetstream;

/** An error of the JetStream API as an exception, for those who ask for something else than the error. */
final class ApiFailure extends Exception {

    private final transient ApiError error;

    ApiFailure(ApiError error) {
        super(error.description());
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
