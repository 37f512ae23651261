package dev.midstream.gateway.beside;

import dev.midstream.gateway.driver.Equipment;
import dev.midstream.gateway.driver.Errand;
import dev.midstream.gateway.driver.Histories;
import dev.midstream.model.Failure;
import dev.midstream.model.Held;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.protocol.responses.ResponsesProtocol;
import dev.midstream.routing.Fleet;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Fetches a conversation from the provider that keeps it, so that another one can go on with it.
 * Thread-safe.
 *
 * <p>A provider may or may not list the items of earlier answers with those of a later one: both
 * are asked for, and of items with the same id one is kept.
 */
public final class KeptConversations implements Histories {

    private static final int MOST_ANSWERS = 50;
    private static final int MOST_PAGES = 50;

    private final Fleet fleet;

    public KeptConversations(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public void writeOut(
            Request request,
            Equipment equipment,
            EventLoop loop,
            Consumer<Request> found,
            Consumer<Failure> lost) {
        Held previous = request.previous();
        if (previous == null) {
            loop.execute(() -> found.accept(request));
        } else {
            new Fetch(request, equipment, loop, found, lost)
                    .answer(previous.deployment(), previous.id());
        }
    }

    /** One conversation, fetched from its last answer back to its first. Event-loop confined. */
    private final class Fetch {

        private final Request request;
        private final Equipment equipment;
        private final EventLoop loop;
        private final Consumer<Request> found;
        private final Consumer<Failure> lost;
        private final List<List<Json>> turns = new ArrayList<>();
        private int pages;

        Fetch(
                Request request,
                Equipment equipment,
                EventLoop loop,
                Consumer<Request> found,
                Consumer<Failure> lost) {
            this.request = request;
            this.equipment = equipment;
            this.loop = loop;
            this.found = found;
            this.lost = lost;
        }

        void answer(String deployment, String id) {
            Optional<Holder> holder = Holder.of(new Held(deployment, id), fleet);
            if (holder.isEmpty() || turns.size() >= 2 * MOST_ANSWERS) {
                loop.execute(this::give);
                return;
            }
            ask(holder.get().order("GET", "", null), body -> told(holder.get(), body));
        }

        private void told(Holder holder, byte[] body) {
            turns.addFirst(Shown.items(body, "output", holder));
            turns.addFirst(new ArrayList<>());
            String before = Shown.tree(body).path("previous_response_id").asString("");
            page(holder, "", before);
        }

        private void page(Holder holder, String after, String before) {
            String query = "order=asc&limit=100" + (after.isEmpty() ? "" : "&after=" + after);
            ask(
                    holder.order("GET", "/input_items", query),
                    body -> {
                        turns.getFirst().addAll(Shown.items(body, "data", holder));
                        var list = Shown.tree(body);
                        String last = list.path("last_id").asString("");
                        if (list.path("has_more").asBoolean(false)
                                && !last.isEmpty()
                                && ++pages < MOST_PAGES) {
                            page(holder, last, before);
                        } else if (before.isEmpty()) {
                            done();
                        } else {
                            answer(holder.face().target().id(), before);
                        }
                    });
        }

        private void ask(Errand.Order order, Consumer<byte[]> whole) {
            new Errand(
                            equipment,
                            loop,
                            order,
                            result -> {
                                if (result instanceof Errand.Result.Answered answered
                                        && answered.status() == 200) {
                                    whole.accept(answered.body());
                                } else {
                                    give();
                                }
                            })
                    .begin();
        }

        private void give() {
            lost.accept(
                    new Failure.Untranslatable(
                            "previous_response_id",
                            "The conversation is kept by a provider that cannot be asked for it now"));
        }

        private void done() {
            found.accept(ResponsesProtocol.withHistory(request, joined()));
        }

        private String joined() {
            Map<String, Json> once = new LinkedHashMap<>();
            for (List<Json> turn : turns) {
                for (Json item : turn) {
                    String id =
                            Shown.tree(item.text().getBytes(StandardCharsets.UTF_8))
                                    .path("id")
                                    .asString("");
                    once.putIfAbsent(id.isEmpty() ? "#" + once.size() : id, item);
                }
            }
            return once.values().stream()
                    .map(Json::text)
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }
}
