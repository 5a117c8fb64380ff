// SPDX-License-Identifier: Apache-2.0
package io.highwater.lab;

/** A thread of its own for work that goes on until it is closed. */
final class Background implements AutoCloseable {

    /** Work that ends when it is interrupted. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** Does nothing, and needs no closing. */
    static final Background NOTHING = new Background(Thread.ofVirtual().unstarted(() -> {}));

    private final Thread thread;

    private Background(Thread thread) {
        this.thread = thread;
    }

    /** Does the work again and again. */
    static Background repeating(String name, Work work) {
        return new Background(Thread.ofVirtual().name(name).start(() -> {
            try {
                while (true) {
                    work.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // closed
            }
        }));
    }

    /** Returns when the work has ended. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
