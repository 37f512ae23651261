package dev.midstream.bench;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Frame;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ByteSink;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.relay.Relay;
import dev.midstream.relay.Step;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsPatch;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The engine between a client and an upstream that it asks: one model group of one deployment, with
 * the settings that everybody has. Not thread-safe.
 */
final class Engine {

    /** The number of the only attempt. */
    static final int ATTEMPT = 1;

    static final long BETWEEN_EVENTS = Duration.ofMillis(1).toNanos();

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/v1");

    private final ClientProtocol client;
    private final UpstreamProtocol upstream;
    private final Target target;
    private final ModelGroup group;
    private final Fleet fleet;
    private final CapabilityMemory memory = new CapabilityMemory();
    private final Request request;

    Engine(Pair pair) {
        client = pair.client().client();
        upstream = pair.upstream().upstream();
        target = target(upstream);
        group = new ModelGroup("m", List.of(deployment(target)), List.of(), SettingsPatch.EMPTY);
        fleet = fleet(group);
        request = parse(Conversation.brief(pair.client()));
    }

    Request parse(byte[] body) {
        try {
            return client.parse(body);
        } catch (InvalidRequest invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }

    UpstreamProtocol upstream() {
        return upstream;
    }

    Target target() {
        return target;
    }

    StreamDecoder decoder() {
        return upstream.streamDecoder(target);
    }

    /** A relay whose attempt is being answered. */
    Relay relay() {
        Relay relay =
                new Relay(
                        request,
                        Settings.DEFAULTS,
                        fleet.plan(group, Settings.DEFAULTS, new Random(1)),
                        memory,
                        client.blocksInOrder());
        relay.begin(0);
        relay.answering(ATTEMPT, 0);
        return relay;
    }

    AnswerEncoder encoder() {
        return client.encoder(request, () -> "A1b2C3d4E5f6G7h8I9j0K1l2", 1);
    }

    /** The way of one answer through the engine. */
    Passage passage(ByteSink sink) {
        return new Passage(decoder(), relay(), new Delivery(encoder(), sink));
    }

    /** What the decoder makes of a stream up to its last increment, on bytes of its own. */
    List<Frame> frames(ProviderStream stream) {
        List<Frame> frames = new ArrayList<>();
        StreamDecoder decoder = decoder();
        feed(decoder, stream.opening(), frames);
        for (byte[] event : stream.events()) {
            feed(decoder, event, frames);
        }
        return frames;
    }

    private static void feed(StreamDecoder decoder, byte[] bytes, List<Frame> frames) {
        decoder.feed(bytes, 0, bytes.length, frame -> frames.add(frame.copy()));
    }

    /** What the relay makes of frames. */
    List<Step> steps(List<Frame> frames) {
        List<Step> steps = new ArrayList<>();
        Relay relay = relay();
        long now = 0;
        for (Frame frame : frames) {
            now += BETWEEN_EVENTS;
            steps.addAll(relay.frame(ATTEMPT, frame, now));
        }
        return steps;
    }

    private static Target target(UpstreamProtocol upstream) {
        return new Target(
                "d", "m", "p", "x", upstream.name(), "", Map.of(), false, List.of(), List.of());
    }

    private static Deployment deployment(Target target) {
        return new Deployment(
                target,
                new Endpoint(NOWHERE, NOWHERE, Map.of(), new Credential.None()),
                List.of(Method.USER_TURN),
                1,
                1,
                Clocks.UNSET,
                null,
                null,
                null);
    }

    private static Fleet fleet(ModelGroup group) {
        return new Fleet(
                new RouterConfig(
                        List.of(group),
                        Map.of(),
                        List.of(),
                        Settings.DEFAULTS,
                        Duration.ofSeconds(5),
                        null,
                        Duration.ZERO));
    }
}
