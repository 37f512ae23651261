package dev.midstream.gateway.drill;

import dev.midstream.gateway.Gateway;
import dev.midstream.gateway.GatewayOptions;
import dev.midstream.gateway.drill.Cell.Broken;
import dev.midstream.gateway.drill.Cell.TrueError;
import dev.midstream.gateway.drill.Cell.Whole;
import dev.midstream.gateway.drill.Line.Link;
import dev.midstream.gateway.drill.LiveReport.Kind;
import dev.midstream.gateway.drill.LiveReport.Row;
import dev.midstream.gateway.log.RequestLog;
import dev.midstream.gateway.transport.OverPassage;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Face;
import dev.midstream.routing.Passage;
import dev.midstream.routing.RouterConfig;
import dev.midstream.testkit.ScriptedProvider;
import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.scenario.Asking;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import dev.midstream.testkit.scenario.Wish;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the real deployments of a configuration: each of them once, briefly; then each chain, with a
 * proxy in front of its first deployment that breaks the answer off, so that the next one has to go
 * on with it. One after the other.
 */
public final class LiveDrill {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Line> lines;
    private final Scenario question;
    private final Map<Passage, HttpClient> clients = new HashMap<>();

    /**
     * @param groups which model groups' chains are drilled, by their names
     * @param maxTokens the limit that each request has
     */
    public LiveDrill(RouterConfig config, Predicate<String> groups, int maxTokens) {
        this.lines = Line.all(config, groups, null);
        this.question = Scenario.of("live", "").asking(Wish.maxTokens(maxTokens));
    }

    /** How many requests are sent if everybody answers as expected; a few more where not. */
    public int requests() {
        return deployments().size() + 2 * lines.size();
    }

    /**
     * Asks all of them.
     *
     * @param about the configuration, as it is to be named
     */
    public LiveReport run(String about) {
        List<Row> rows = new ArrayList<>();
        deployments().forEach((link, line) -> rows.add(alone(line, link)));
        lines.forEach(line -> rows.add(broken(line)));
        return new LiveReport(about, rows);
    }

    /** Each once, with a line that it stands in. */
    private Map<Link, Line> deployments() {
        Map<String, Link> byId = new LinkedHashMap<>();
        Map<Link, Line> deployments = new LinkedHashMap<>();
        for (Line line : lines) {
            for (Link link : line.links()) {
                if (byId.putIfAbsent(link.deployment().id(), link) == null) {
                    deployments.put(link, line);
                }
            }
        }
        return deployments;
    }

    private Row alone(Line line, Link link) {
        Deployment there = placed(link.deployment(), link.deployment().endpoint(), 0);
        Tried tried = ask(line, List.of(link), List.of(there));
        String name = link.label() + " (" + link.model() + ")";
        return new Row(
                Kind.DEPLOYMENT, name, tried.cell(), tried.cell() instanceof Whole, tried.tokens());
    }

    private Row broken(Line line) {
        Deployment first = line.links().getFirst().deployment();
        Wire wire = wire(first);
        Endpoint real = first.face(wire.protocol()).endpoint();
        HttpClient client =
                clients.computeIfAbsent(real.passage(), way -> OverPassage.client(way, CONNECT));
        CuttingProxy proxy = new CuttingProxy(real.stream(), client);
        try (ScriptedProvider between = ScriptedProvider.start("cut", wire.dialect(), proxy)) {
            List<Deployment> chain = new ArrayList<>();
            chain.add(cut(first, wire, between.origin()));
            for (Link link : line.links().subList(1, line.links().size())) {
                chain.add(placed(link.deployment(), link.deployment().endpoint(), chain.size()));
            }
            Tried tried = ask(line, line.links(), chain);
            boolean wentOn = tried.cell() instanceof Whole whole && !whole.how().isEmpty();
            boolean held = proxy.hasCut() && wentOn;
            return new Row(Kind.CHAIN, line.group(), tried.cell(), held, tried.tokens());
        }
    }

    /** Every answer of it comes through the proxy, in the one protocol that it is asked in. */
    private static Deployment cut(Deployment first, Wire wire, URI origin) {
        Face face = first.face(wire.protocol());
        Endpoint real = face.endpoint();
        Endpoint cut =
                new Endpoint(
                        StandIn.moved(real.stream(), origin.toString()),
                        StandIn.moved(real.plain(), origin.toString()),
                        real.headers(),
                        real.credential());
        return first.elsewhere(
                new Face(face.target(), cut), List.of(), first.methods(), 0, first.clocks());
    }

    private static Deployment placed(Deployment deployment, Endpoint endpoint, int order) {
        return deployment.elsewhere(
                new Face(deployment.target(), endpoint),
                deployment.others(),
                deployment.methods(),
                order,
                deployment.clocks());
    }

    /** OpenAI's newer models take a limit in Responses, where it has one name for all of them. */
    private static Wire wire(Deployment deployment) {
        return Wire.of(deployment.face(Wire.RESPONSES.protocol()).protocol());
    }

    // ---------------------------------------------------------------------------------- asking

    private record Tried(Cell cell, long tokens) {}

    private Tried ask(Line line, List<Link> links, List<Deployment> deployments) {
        Logged logged = new Logged();
        Map<String, String> labels =
                links.stream()
                        .collect(
                                Collectors.toMap(
                                        link -> link.deployment().id(), Link::label, (a, b) -> a));
        RouterConfig config = Cast.router(line, links, deployments, line.settings());
        try (Gateway gateway =
                Gateway.start(
                        GatewayOptions.DEFAULTS.at("127.0.0.1", 0),
                        config,
                        RequestLog.json(logged::accept))) {
            long began = System.nanoTime();
            Seen seen =
                    ask(gateway.baseUrl(), wire(deployments.getFirst()), links.getFirst().group());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            Attempts attempts = new Attempts(JSON.readTree(logged.line()), labels);
            return new Tried(judged(seen, attempts, took), attempts.tokens());
        } catch (AssertionError | RuntimeException wrong) {
            return new Tried(new Broken(String.valueOf(wrong.getMessage())), 0);
        }
    }

    private Seen ask(URI baseUrl, Wire wire, String group) {
        Asking asking = Asking.in(wire);
        SseClient.Builder request =
                SseClient.to(baseUrl.resolve(asking.path())).header("x-litellm-num-retries", "1");
        try (SseClient stream = request.post(asking.body(question, group, true))) {
            int status = stream.awaitHead(PATIENCE).status();
            stream.awaitEnd(PATIENCE);
            return status == 200
                    ? asking.stream(stream.body())
                    : Seen.refused(status, JSON.readTree(stream.text()).path("error"));
        }
    }

    /** What a real model says is not known: that it came as a valid stream, and ended, is. */
    private static Cell judged(Seen seen, Attempts attempts, Duration took) {
        Seen.Trouble trouble = seen.trouble();
        if (trouble != null) {
            String what = "the error: " + trouble.type() + ": " + trouble.message();
            return new TrueError(what, attempts.count(), took);
        }
        String what = "%d characters, %s".formatted(seen.text().length(), seen.finish());
        return seen.text().isEmpty()
                ? new TrueError("no text within the limit", attempts.count(), took)
                : new Whole(what, attempts.how(), attempts.count(), took);
    }
}
