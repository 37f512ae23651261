package dev.midstream.gateway.cut;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Frame;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.StreamDecoder;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.relay.Decision;
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
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries one answer from upstreams that break to one client, without any I/O. */
final class Carried {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    /** What an upstream sends, and how it ends then; null for an end of the body without fault. */
    record Reply(byte[] bytes, @Nullable Failure end) {}

    /** The upstreams: what the attempt of this number is answered. */
    @FunctionalInterface
    interface Upstreams {
        Reply asked(int attempt, Draft draft, Target target);
    }

    private final Upstreams upstreams;
    private final Map<String, UpstreamProtocol> protocols;
    private final Relay relay;
    private final AnswerEncoder encoder;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Deque<Step.Start> starts = new ArrayDeque<>();
    private int running;
    private long wakeAt;
    private boolean over;

    private Carried(
            ClientProtocol client,
            Request request,
            Map<String, UpstreamProtocol> protocols,
            List<String> groups,
            Upstreams upstreams) {
        this.upstreams = upstreams;
        this.protocols = protocols;
        Fleet fleet = fleet(groups);
        this.relay =
                new Relay(
                        request,
                        Settings.DEFAULTS,
                        fleet.plan(
                                fleet.group("g0").orElseThrow(), Settings.DEFAULTS, new Random(1)),
                        new CapabilityMemory(),
                        client.blocksInOrder());
        this.encoder = client.encoder(request, minting(), 1_770_000_000L);
    }

    private static Fleet fleet(List<String> protocols) {
        List<ModelGroup> groups = new ArrayList<>();
        for (int i = 0; i < protocols.size(); i++) {
            List<String> next = i + 1 < protocols.size() ? List.of("g" + (i + 1)) : List.of();
            Deployment deployment = deployment("g" + i, protocols.get(i));
            groups.add(new ModelGroup("g" + i, List.of(deployment), next, SettingsPatch.EMPTY));
        }
        return new Fleet(
                new RouterConfig(
                        groups,
                        Map.of(),
                        List.of(),
                        Settings.DEFAULTS,
                        Duration.ZERO,
                        null,
                        Duration.ZERO));
    }

    private static Deployment deployment(String group, String protocol) {
        boolean claude = protocol.equals("anthropic-messages");
        Target target =
                new Target(
                        group,
                        group,
                        claude ? "anthropic" : "openai",
                        claude ? "claude-sonnet-4-6" : "gpt-5",
                        protocol,
                        claude ? "claude" : "openai/1",
                        Map.of(),
                        false,
                        List.of(),
                        List.of());
        Endpoint endpoint = new Endpoint(NOWHERE, NOWHERE, Map.of(), new Credential.None());
        List<Method> methods = List.of(Method.USER_TURN);
        return new Deployment(target, endpoint, methods, 1, 1, Clocks.UNSET, null, 0, null);
    }

    private static Supplier<String> minting() {
        int[] count = new int[1];
        return () -> "minted%018d".formatted(++count[0]);
    }

    /**
     * What the client is sent.
     *
     * @param groups the protocols of the deployments, in the order in which they are asked
     */
    static byte[] through(
            ClientProtocol client,
            Request request,
            Map<String, UpstreamProtocol> protocols,
            List<String> groups,
            Upstreams upstreams) {
        Carried carried = new Carried(client, request, protocols, groups, upstreams);
        carried.perform(carried.relay.begin(0));
        while (!carried.over) {
            if (carried.starts.isEmpty()) {
                carried.perform(carried.relay.wake(carried.wakeAt));
            } else {
                carried.attempt(carried.starts.poll());
            }
        }
        return carried.written.toByteArray();
    }

    private void attempt(Step.Start start) {
        Target target = start.face().target();
        UpstreamProtocol protocol = protocols.get(target.protocol());
        running = start.attempt();
        try {
            protocol.encode(start.draft(), target);
        } catch (Untranslatable e) {
            end(new Failure.Untranslatable(e.param(), e.getMessage()));
            return;
        }
        Reply reply = upstreams.asked(start.attempt(), start.draft(), target);
        perform(relay.answering(running, 1));
        StreamDecoder decoder = protocol.streamDecoder(target);
        decoder.feed(reply.bytes(), 0, reply.bytes().length, this::frame);
        decoder.end(this::frame);
        end(reply.end());
    }

    private void frame(Frame frame) {
        if (!over && running > 0) {
            perform(relay.frame(running, frame, 1));
        }
    }

    private void end(@Nullable Failure failure) {
        if (!over && running > 0) {
            perform(relay.ended(running, failure, 1));
        }
    }

    private void perform(List<Step> steps) {
        for (Step step : List.copyOf(steps)) {
            switch (step) {
                case Step.ReleaseFrame release -> encoder.frame(release.frame(), written::write);
                case Step.ReleaseEvent release -> encoder.event(release.event(), written::write);
                case Step.Finish finish -> {
                    over = true;
                    encoder.finish(finish.usage(), written::write);
                }
                case Step.Fail fail -> {
                    over = true;
                    encoder.fail(fail.report(), written::write);
                }
                case Step.Decide decide -> perform(relay.decided(new Decision.Proceed(), 1));
                case Step.Start start -> starts.add(start);
                case Step.Cancel cancel -> running = 0;
                case Step.StopGenerating stop -> {}
                case Step.Commit commit -> {}
                case Step.Comment comment -> {}
                case Step.Heartbeat heartbeat -> {}
                case Step.Reset reset -> encoder.reset();
                case Step.WakeAt wake -> wakeAt = wake.nanos();
                case Step.Warn warn -> {}
                case Step.Tell tell -> {}
                case Step.Abandon abandon -> {}
            }
        }
    }
}
