package dev.midstream.kept;

import dev.midstream.driver.Equipment;
import dev.midstream.driver.Errand;
import dev.midstream.driver.Errand.Result.Answered;
import dev.midstream.driver.Loop;
import dev.midstream.model.Failure;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.protocol.responses.ResponsesProtocol;
import dev.midstream.routing.Fleet;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One conversation, fetched from its last answer back to its first: all of it or nothing.
 *
 * <p>A provider may or may not list the items of earlier answers with those of a later one: both
 * are asked for, and of items with the same id one is kept.
 *
 * <p><b>Thread-safety</b>: one step after the other, each where the {@link Errand} before it is
 * told; {@link #cancel} on any thread.
 */
final class ConversationFetch {

    private static final int MOST_ANSWERS = 50;
    private static final int MOST_PAGES = 100;
    private static final long MOST_BYTES = 32L << 20;

    private final Fleet fleet;
    private final Request request;
    private final Equipment equipment;
    private final Loop loop;
    private final Consumer<Request> found;
    private final Consumer<Failure> lost;
    private final List<List<Items.Item>> turns = new ArrayList<>();
    private int answers;
    private int pages;
    private long bytes;
    private volatile @Nullable Errand running;
    private volatile boolean cancelled;

    ConversationFetch(
            Fleet fleet,
            Request request,
            Equipment equipment,
            Loop loop,
            Consumer<Request> found,
            Consumer<Failure> lost) {
        this.fleet = fleet;
        this.request = request;
        this.equipment = equipment;
        this.loop = loop;
        this.found = found;
        this.lost = lost;
    }

    void begin(Held last) {
        answer(last.deployment(), last.id());
    }

    void cancel() {
        cancelled = true;
        Errand errand = running;
        if (errand != null) {
            errand.cancel();
        }
    }

    private void answer(String deployment, String id) {
        Optional<Holder> holder = Holder.of(new Held(deployment, id), fleet);
        if (holder.isEmpty() || ++answers > MOST_ANSWERS) {
            give();
        } else {
            ask(holder.get().order("GET", "", null), body -> told(holder.get(), body));
        }
    }

    private void told(Holder holder, byte[] body) {
        JsonNode answer = Items.tree(body);
        turns.addFirst(Items.items(answer.path("output"), holder));
        turns.addFirst(new ArrayList<>());
        page(holder, "", answer.path("previous_response_id").asString(""));
    }

    /**
     * @param after the id of the item that the page begins behind, empty for the first page
     * @param before the answer that comes before this one, empty if there is none
     */
    private void page(Holder holder, String after, String before) {
        if (++pages > MOST_PAGES) {
            give();
            return;
        }
        String behind = URLEncoder.encode(after, StandardCharsets.UTF_8);
        String query = "order=asc&limit=100" + (after.isEmpty() ? "" : "&after=" + behind);
        ask(holder.order("GET", "/input_items", query), body -> listed(holder, body, before));
    }

    private void listed(Holder holder, byte[] body, String before) {
        JsonNode list = Items.tree(body);
        turns.getFirst().addAll(Items.items(list.path("data"), holder));
        String last = list.path("last_id").asString("");
        if (list.path("has_more").asBoolean(false) && !last.isEmpty()) {
            page(holder, last, before);
        } else if (before.isEmpty()) {
            finish();
        } else {
            answer(holder.face().target().id(), before);
        }
    }

    private void ask(Errand.Order order, Consumer<byte[]> whole) {
        Errand errand = new Errand(equipment, loop, order, result -> answered(result, whole));
        running = errand;
        if (!cancelled) {
            errand.begin();
        }
    }

    private void answered(Errand.Result result, Consumer<byte[]> whole) {
        if (cancelled) {
            return;
        }
        if (result instanceof Answered answer
                && answer.status() == 200
                && (bytes += answer.body().length) <= MOST_BYTES) {
            whole.accept(answer.body());
        } else {
            give();
        }
    }

    private void finish() {
        Request whole;
        try {
            whole = ResponsesProtocol.withHistory(request, joined());
        } catch (IllegalArgumentException notItems) {
            give();
            return;
        }
        found.accept(whole);
    }

    private void give() {
        lost.accept(
                new Failure.Untranslatable(
                        "previous_response_id",
                        "The conversation is kept by a provider that cannot be asked for it now"));
    }

    private String joined() {
        Map<String, Json> once = new LinkedHashMap<>();
        for (List<Items.Item> turn : turns) {
            for (Items.Item item : turn) {
                once.putIfAbsent(item.id().isEmpty() ? "#" + once.size() : item.id(), item.json());
            }
        }
        return once.values().stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
    }
}
