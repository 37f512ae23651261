package dev.midstream.gateway.drill;

import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.drill.Casting.Player;
import dev.midstream.gateway.drill.Cell.Broken;
import dev.midstream.gateway.drill.Cell.NotPlayed;
import dev.midstream.gateway.drill.Line.Link;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.routing.RouterConfig;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.scenario.Asking;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One scenario, played once over a line with one streaming client. Used once. */
final class Rehearsal {

    /** Longer than any clock that a scenario sets, however busy the machine is. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration DRAIN = Duration.ofMillis(100);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Casting casting;
    private final Scenario scenario;
    private final Wire client;
    private final @Nullable Scoreboard scoreboard;

    /**
     * @param scoreboard hears of it, null for none
     */
    Rehearsal(Casting casting, Wire client, @Nullable Scoreboard scoreboard) {
        this.casting = casting;
        this.scoreboard = scoreboard;
        this.scenario = casting.scenario();
        this.client = client;
    }

    /** Plays it; nothing of it is left when this returns. */
    Cell play() {
        if (!fits()) {
            return new NotPlayed();
        }
        List<StandIn> cast = new ArrayList<>();
        try {
            for (Player player : casting.players()) {
                cast.add(new StandIn(player, player.link().wire(client), cast.size()));
            }
            return play(cast);
        } catch (AssertionError | RuntimeException wrong) {
            return new Broken(String.valueOf(wrong.getMessage()));
        } finally {
            cast.forEach(StandIn::close);
        }
    }

    private boolean fits() {
        List<Wire> wires =
                casting.players().stream().map(player -> player.link().wire(client)).toList();
        return scenario.clients().contains(client)
                && scenario.fits(wires.getFirst(), wires.size() == 1 ? null : wires.getLast());
    }

    private Cell play(List<StandIn> cast) {
        Logged logged = new Logged();
        GatewayOptions options = GatewayOptions.DEFAULTS.at("127.0.0.1", 0).drainingFor(DRAIN);
        RequestLog own = RequestLog.json(logged::accept);
        RequestLog log = scoreboard == null ? own : RequestLog.all(List.of(scoreboard.log(), own));
        try (Gateway gateway = Gateway.start(options, router(cast), log)) {
            return played(gateway, logged);
        }
    }

    private Cell played(Gateway gateway, Logged logged) {
        if (scoreboard != null) {
            scoreboard.began(gateway);
        }
        try {
            long began = System.nanoTime();
            Seen seen = ask(gateway.baseUrl());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Attempts attempts = new Attempts(JSON.readTree(logged.line()), labels());
            return Judgement.of(scenario, seen, attempts, took);
        } finally {
            if (scoreboard != null) {
                scoreboard.ended(gateway);
            }
        }
    }

    // ----------------------------------------------------------------------------- the gateway

    /** The operator's router over the stand-ins. */
    private RouterConfig router(List<StandIn> cast) {
        return Cast.router(
                casting.line(),
                casting.players().stream().map(Player::link).toList(),
                cast.stream().map(StandIn::deployment).toList(),
                cast.getFirst().settings().over(casting.line().settings()));
    }

    private Map<String, String> labels() {
        return casting.players().stream()
                .map(Player::link)
                .collect(
                        Collectors.toMap(
                                link -> link.deployment().id(), Link::label, (one, same) -> one));
    }

    // ------------------------------------------------------------------------------ the client

    private Seen ask(URI baseUrl) {
        Asking asking = Asking.in(client);
        SseClient.Builder request = SseClient.to(baseUrl.resolve(asking.path()));
        scenario.headers().forEach(request::header);
        new Wishes(scenario.router()).headers().forEach(request::header);
        try (SseClient stream = request.post(asking.body(scenario, casting.line().group(), true))) {
            int status = stream.awaitHead(PATIENCE).status();
            SseClient.End end = stream.awaitEnd(PATIENCE);
            if (end != SseClient.End.CLEAN) {
                throw new IllegalStateException("the gateway's response ended by " + end);
            }
            if (status == 200) {
                return asking.stream(stream.body());
            }
            JsonNode error = JSON.readTree(stream.text()).path("error");
            return Seen.refused(status, error);
        }
    }
}
