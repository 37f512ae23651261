package dev.midstream.client;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What is left in this process of calls that are over: what of them is still reachable, and the
 * threads and sockets.
 */
final class Remains {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int MOST_COLLECTIONS = 40;

    private final ReferenceQueue<CallInfo> collected = new ReferenceQueue<>();
    private final Set<WeakReference<CallInfo>> calls = ConcurrentHashMap.newKeySet();

    /**
     * A call begins. Whatever still has it in hand, a set of calls, a timer, an exchange, reaches
     * this by it.
     */
    void watch(CallInfo call) {
        calls.add(new WeakReference<>(call, collected));
    }

    /** Collects garbage until no call is reachable, or further collections find nothing more. */
    long reachable() throws InterruptedException {
        int left = calls.size();
        for (int i = 0; i < MOST_COLLECTIONS && left > 0; i++) {
            System.gc();
            boolean more = collected.remove(250) != null;
            while (more) {
                left--;
                more = collected.poll() != null;
            }
        }
        calls.removeIf(call -> call.refersTo(null));
        return calls.size();
    }

    /** Bytes of the heap that are in use when nothing more can be collected. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Sockets of this process, listening ones included; -1 where nobody can tell. */
    static int sockets() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return -1;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            return (int) descriptors.filter(Remains::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /**
     * Threads of a router or of an HTTP client, virtual ones included: by what they are called or
     * by what they run. Threads that are about to end get a moment for it.
     */
    static List<String> threads(Set<String> before) {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        List<String> left = threadsNow(before);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            left = threadsNow(before);
        }
        return left;
    }

    /** The ids of all threads that there are. */
    static Set<String> threadIds() {
        Set<String> ids = new HashSet<>();
        dump().forEach(thread -> ids.add(id(thread)));
        return ids;
    }

    private static List<String> threadsNow(Set<String> before) {
        return dump().stream()
                .filter(thread -> !before.contains(id(thread)))
                .filter(
                        thread ->
                                thread.contains("\"midstream-")
                                        || thread.contains("\"HttpClient-")
                                        || thread.contains("dev.midstream.client.")
                                        || thread.contains("jdk.internal.net.http."))
                .toList();
    }

    private static String id(String thread) {
        return thread.substring(0, thread.indexOf(' '));
    }

    private static List<String> dump() {
        try {
            Path file = Files.createTempDirectory("threads").resolve("dump.txt");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            String dump = Files.readString(file);
            Files.delete(file);
            Files.delete(file.getParent());
            return Stream.of(dump.split("\n\n")).filter(part -> part.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
