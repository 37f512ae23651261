package dev.midstream.gateway.beside;

import dev.midstream.driver.Errand;
import dev.midstream.gateway.beside.AnswerRoute.Below;
import dev.midstream.gateway.edge.SideService;
import dev.midstream.gateway.edge.SideService.Reply;
import dev.midstream.gateway.edge.SideService.Visit;
import dev.midstream.kept.Holder;
import dev.midstream.model.Failure;
import dev.midstream.model.Held;
import dev.midstream.protocol.responses.KeptResponse;
import dev.midstream.protocol.responses.KeptResponses;
import dev.midstream.protocol.responses.ResponseIds;
import dev.midstream.protocol.responses.ResponsesProtocol;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the Responses API that are kept: by us, or by the provider that the id names.
 * Thread-safe.
 *
 * <p><b>Source</b>: OpenAI's API reference on responses (read 2026-11).
 */
public final class KeptAnswers {

    private static final String WRONG = "invalid_request_error";
    private static final int USUAL_PAGE = 20;

    private final ResponsesProtocol protocol;
    private final ResponseIds ids;
    private final KeptResponses kept;

    public KeptAnswers(ResponsesProtocol protocol, ResponseIds ids, KeptResponses kept) {
        this.protocol = protocol;
        this.ids = ids;
        this.kept = kept;
    }

    /** What is served, by path; {@code {}} stands for the id. */
    public Map<String, SideService> routes() {
        Map<String, SideService> routes = new TreeMap<>();
        for (Below below : Below.values()) {
            AnswerRoute route = new AnswerRoute(this, protocol, below);
            routes.put("/v1/responses/{}" + below.path(), route);
            routes.put("/responses/{}" + below.path(), route);
        }
        return routes;
    }

    void serve(Below below, Visit visit, Consumer<Reply> reply) {
        Query query = Query.of(visit.query());
        if ("true".equals(query.first("stream"))) {
            reply.accept(refusal(400, "stream", "A kept answer is served whole, not as a stream"));
            return;
        }
        KeptResponse own = kept.find(visit.name());
        if (own != null) {
            reply.accept(own(below, visit, own, query));
            return;
        }
        Held held = ids.read(visit.name());
        Optional<Holder> holder =
                held == null ? Optional.empty() : Holder.of(held, visit.service().fleet());
        if (holder.isEmpty()) {
            reply.accept(unknown(visit.name()));
            return;
        }
        Errand.Order order = holder.get().order(visit.method(), below.path(), visit.query());
        new Errand(
                        visit.equipment(),
                        visit.loop(),
                        order,
                        result -> reply.accept(shown(below, visit, holder.get(), result)))
                .begin();
    }

    // ---------------------------------------------------------------------------- kept by us

    private Reply own(Below below, Visit visit, KeptResponse response, Query query) {
        return switch (below) {
            case ANSWER ->
                    visit.method().equals("DELETE")
                            ? deleted(visit.name())
                            : new Reply(200, response.body());
            case CANCEL -> refusal(400, null, "Cannot cancel a response that is complete");
            case INPUT_ITEMS -> page(response, query);
        };
    }

    private Reply deleted(String id) {
        kept.delete(id);
        return new Reply(200, Shown.deleted(id));
    }

    private Reply page(KeptResponse response, Query query) {
        String limit = query.first("limit");
        if (limit != null && !limit.matches("[1-9]\\d?|100")) {
            return refusal(400, "limit", "Expected a number from 1 to 100");
        }
        int most = limit == null ? USUAL_PAGE : Integer.parseInt(limit);
        boolean ascending = "asc".equals(query.first("order"));
        return new Reply(200, response.inputItems(most, ascending, query.first("after")));
    }

    // --------------------------------------------------------------------- kept by a provider

    private Reply shown(Below below, Visit visit, Holder holder, Errand.Result result) {
        return switch (result) {
            case Errand.Result.Failed failed -> Shown.failed(protocol, failed.failure());
            case Errand.Result.Answered answered when answered.status() == 404 ->
                    unknown(visit.name());
            case Errand.Result.Answered answered when answered.status() / 100 != 2 ->
                    Shown.refused(protocol, answered);
            case Errand.Result.Answered answered when below == Below.INPUT_ITEMS ->
                    new Reply(200, answered.body());
            case Errand.Result.Answered answered -> own(answered.body(), holder);
        };
    }

    private Reply own(byte[] body, Holder holder) {
        try {
            return new Reply(200, protocol.shown(body, holder.face().target()));
        } catch (IllegalArgumentException notAnAnswer) {
            return Shown.failed(protocol, new Failure.Garbled("The upstream sent no answer"));
        }
    }

    private Reply unknown(String id) {
        String shown = id.length() <= 100 ? id : id.substring(0, 100) + "…";
        return refusal(404, null, "Response with id '" + shown + "' not found.");
    }

    private Reply refusal(int status, @Nullable String param, String message) {
        return new Reply(status, protocol.error(status, WRONG, null, param, message));
    }
}
