package dev.midstream.protocol.responses;

import dev.midstream.json.JsonSplice;
import dev.midstream.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers in memory: at most so many, of at most so many bytes, each for so long; what was
 * not asked for the longest time goes first. Thread-safe.
 */
public final class MemoryKeptResponses implements KeptResponses {

    private record Entry(KeptResponse response, List<String> items, long weight, long until) {}

    private final int mostResponses;
    private final long mostBytes;
    private final long lifetimeNanos;
    private final LongSupplier nanos;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, String> owners = new HashMap<>();
    private long bytes;

    /**
     * @param mostBytes of all together; one that is larger is not kept
     * @param lifetime from the moment in which an answer is put
     * @param nanos nanoseconds of a monotonic clock
     */
    public MemoryKeptResponses(
            int mostResponses, long mostBytes, Duration lifetime, LongSupplier nanos) {
        this.mostResponses = mostResponses;
        this.mostBytes = mostBytes;
        this.lifetimeNanos = lifetime.toNanos();
        this.nanos = nanos;
    }

    @Override
    public synchronized void put(KeptResponse response) {
        delete(response.id());
        long weight = response.weight();
        if (weight > mostBytes) {
            return;
        }
        List<String> items = new ArrayList<>();
        response.output().stream()
                .map(MemoryKeptResponses::idOf)
                .filter(id -> !id.isEmpty())
                .forEach(items::add);
        entries.put(
                response.id(),
                new Entry(response, items, weight, nanos.getAsLong() + lifetimeNanos));
        items.forEach(item -> owners.put(item, response.id()));
        bytes += weight;
        makeRoom();
    }

    private void makeRoom() {
        while (entries.size() > mostResponses || bytes > mostBytes) {
            delete(entries.keySet().iterator().next());
        }
    }

    @Override
    public synchronized @Nullable KeptResponse find(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return null;
        }
        if (nanos.getAsLong() - entry.until >= 0) {
            delete(id);
            return null;
        }
        return entry.response;
    }

    @Override
    public synchronized @Nullable Json item(String id) {
        String owner = owners.get(id);
        KeptResponse response = owner == null ? null : find(owner);
        if (response == null) {
            return null;
        }
        return response.output().stream()
                .filter(item -> idOf(item).equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized boolean delete(String id) {
        Entry entry = entries.remove(id);
        if (entry == null) {
            return false;
        }
        bytes -= entry.weight;
        entry.items.forEach(item -> owners.remove(item, id));
        return true;
    }

    private static String idOf(Json item) {
        return Members.text(JsonSplice.of(item.text().getBytes(StandardCharsets.UTF_8)), "id");
    }
}
