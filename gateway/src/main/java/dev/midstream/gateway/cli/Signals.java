package dev.midstream.gateway.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/*
 * sun.misc.Signal is the only way to hear signals in Java, in the supported module jdk.unsupported since
 * Java 9. The compiler warns of its use and takes no annotation against that, and a warning ends the
 * build; hence it is found by name.
 */
/** The signals of the operating system. */
final class Signals {

    private Signals() {}

    /**
     * Does this on a thread of its own whenever the signal comes, in place of what Java does.
     *
     * @param name without SIG
     * @return false where there is no such signal, or the JVM was told to leave it alone
     */
    static boolean on(String name, Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle run =
                    MethodHandles.lookup().bind(task, "run", MethodType.methodType(void.class));
            Object told =
                    MethodHandleProxies.asInterfaceInstance(
                            handler, MethodHandles.dropArguments(run, 0, signal));
            Object named =
                    lookup.findConstructor(signal, MethodType.methodType(void.class, String.class))
                            .invoke(name);
            lookup.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler))
                    .invoke(named, told);
            return true;
        } catch (Error error) {
            throw error;
        } catch (Throwable notHere) {
            return false;
        }
    }
}
