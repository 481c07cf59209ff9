package org.tandemgw.gateway.cli;

import java.util.function.Supplier;

/** Ctrl-C ends the command and not what it has asked for: says what goes on. The caller's thread; the sentence is made on another. */
final class OnInterrupt {
    private OnInterrupt() {}

    /**
     * Runs the body.
     *
     * @param what goes on should the process be ended meanwhile; null: nothing
     */
    static <T> T tell(Console console, Supplier<String> what, Supplier<T> body) {
        final Thread hook = new Thread(
                () -> {
                    final String goesOn = what.get();
                    if (goesOn != null) {
                        console.err().println();
                        console.err().println("tandem: interrupted: " + goesOn);
                        console.err().flush();
                    }
                },
                "tell-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return body.get();
        } finally {
            forget(hook);
        }
    }

    /** It is over; also where the process is ending meanwhile. */
    static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // The process is ending already: the hook tells it.
        }
    }
}
