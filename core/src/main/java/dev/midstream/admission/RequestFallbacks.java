package dev.midstream.admission;

import dev.midstream.admission.FallbackMember.Placed;
import dev.midstream.model.Json;
import dev.midstream.model.Request;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.relay.Variants;
import dev.midstream.routing.Fallback;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.OwnFallbacks;
import dev.midstream.routing.OwnFallbacks.Lists;
import dev.midstream.routing.Variant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request says itself about whom to ask next: its members {@code fallbacks}, {@code
 * context_window_fallbacks} and {@code content_policy_fallbacks}, LiteLLM's. They go before the
 * configured ones of the same kind. Immutable once read.
 */
final class RequestFallbacks {

    private static final String EVERY = "*";

    /** Every altered request is a copy of the body. */
    private static final long MOST_BYTES = 64L << 20;

    private final FallbackMember general = new FallbackMember("fallbacks");
    private final FallbackMember contextWindow = new FallbackMember("context_window_fallbacks");
    private final FallbackMember contentPolicy = new FallbackMember("content_policy_fallbacks");
    private boolean given;

    private RequestFallbacks() {}

    /**
     * Reads the members, and every alteration of the request that they ask for.
     *
     * @throws InvalidRequest names the place of what cannot be used
     */
    static RequestFallbacks of(
            Request request, Function<String, @Nullable Json> member, Variants variants)
            throws InvalidRequest {
        RequestFallbacks fallbacks = new RequestFallbacks();
        fallbacks.read(fallbacks.general, member.apply("fallbacks"));
        fallbacks.read(fallbacks.contextWindow, member.apply("context_window_fallbacks"));
        fallbacks.read(fallbacks.contentPolicy, member.apply("content_policy_fallbacks"));
        fallbacks.check(request, variants);
        return fallbacks;
    }

    private void read(FallbackMember member, @Nullable Json value) throws InvalidRequest {
        if (value != null) {
            given = true;
            member.read(value);
        }
    }

    private void check(Request request, Variants variants) throws InvalidRequest {
        Set<Variant> altered = new HashSet<>();
        for (Placed placed : all().toList()) {
            Variant variant = placed.fallback().variant();
            if (!variant.none() && altered.add(variant)) {
                if ((long) altered.size() * request.body().length > MOST_BYTES) {
                    throw FallbackMember.wrong(
                            placed.place(), "a request this large cannot be altered so often");
                }
                check(placed, variants);
            }
        }
    }

    private static void check(Placed placed, Variants variants) throws InvalidRequest {
        try {
            variants.read(placed.fallback().variant());
        } catch (InvalidRequest invalid) {
            String param = invalid.param();
            throw new InvalidRequest(
                    invalid.status(),
                    invalid.code(),
                    placed.place() + (param == null ? "" : "." + param),
                    "`" + placed.place() + "`: " + invalid.getMessage());
        }
    }

    private Stream<Placed> all() {
        return Stream.of(general, contextWindow, contentPolicy).flatMap(RequestFallbacks::all);
    }

    private static Stream<Placed> all(FallbackMember member) {
        List<Placed> own = member.own();
        Stream<Placed> mapped = member.byGroup().values().stream().flatMap(List::stream);
        return own == null ? mapped : Stream.concat(own.stream(), mapped);
    }

    /**
     * What counts instead of the configured fallbacks.
     *
     * @param asked the group that the request asks for
     * @throws InvalidRequest if a name is none of this fleet's
     */
    OwnFallbacks in(Fleet fleet, ModelGroup asked) throws InvalidRequest {
        if (!given) {
            return OwnFallbacks.NONE;
        }
        for (Placed placed : all().toList()) {
            if (fleet.group(placed.fallback().model()).isEmpty()) {
                throw FallbackMember.wrong(
                        placed.place(), "names a model that does not exist here");
            }
        }
        Map<String, List<Fallback>> first = lists(general, fleet, asked);
        Map<String, List<Fallback>> second = lists(contextWindow, fleet, asked);
        Map<String, List<Fallback>> third = lists(contentPolicy, fleet, asked);
        Set<String> groups = new LinkedHashSet<>(first.keySet());
        groups.addAll(second.keySet());
        groups.addAll(third.keySet());
        Map<String, Lists> byGroup = new HashMap<>();
        for (String group : groups) {
            byGroup.put(group, new Lists(first.get(group), second.get(group), third.get(group)));
        }
        Lists byDefault = byGroup.remove(EVERY);
        return new OwnFallbacks(byGroup, byDefault == null ? Lists.NONE : byDefault);
    }

    /** By the group's name; what is said without a group counts for the one that is asked. */
    private static Map<String, List<Fallback>> lists(
            FallbackMember member, Fleet fleet, ModelGroup asked) throws InvalidRequest {
        Map<String, List<Fallback>> lists = new HashMap<>();
        for (Map.Entry<String, List<Placed>> entry : member.byGroup().entrySet()) {
            lists.put(group(member, entry.getKey(), fleet), fallbacks(entry.getValue()));
        }
        List<Placed> own = member.own();
        if (own != null) {
            lists.put(asked.name(), fallbacks(own));
        }
        return lists;
    }

    private static List<Fallback> fallbacks(List<Placed> placed) {
        return placed.stream().map(Placed::fallback).toList();
    }

    /** A key as in the configuration: a group, an alias, or either behind a provider's prefix. */
    private static String group(FallbackMember member, String key, Fleet fleet)
            throws InvalidRequest {
        if (key.equals(EVERY)) {
            return EVERY;
        }
        Optional<ModelGroup> group =
                fleet.group(key).or(() -> fleet.group(key.substring(key.indexOf('/') + 1)));
        return group.map(ModelGroup::name)
                .orElseThrow(
                        () ->
                                FallbackMember.wrong(
                                        member.name(),
                                        "a key of it names a model that does not exist here"));
    }
}
