package org.tandemgw.gateway.terminal;

import java.lang.reflect.Proxy;

/** Signals of the system, where this Java hears of them. */
public final class Signals {
    private Signals() {}

    /**
     * Has somebody told whenever the process gets a signal. One that the process was started to ignore, as under nohup, stays ignored.
     *
     * @param name without SIG
     * @param told on a thread of the Java's own
     * @return whether somebody will be told
     */
    public static boolean on(String name, Runnable told) {
        try {
            // By name: the compiler warns of this class, and no other one hears of signals.
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handler = Class.forName("sun.misc.SignalHandler");
            final Object tells = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            told.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), tells);
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
