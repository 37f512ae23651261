package dev.midstream.pairs;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.Frame;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.protocol.AnswerEncoder;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.StreamDecoder;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Carries one upstream's answer through the relay to one client. */
final class Carrying {

    private static final long NOW = 1_770_000_000L;
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    private final ClientProtocol client;
    private final Request request;
    private final Relay relay;
    private final AnswerEncoder encoder;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long wakeAt;
    private boolean over;

    private Carrying(ClientProtocol client, Request request, Target target) {
        this.client = client;
        this.request = request;
        ModelGroup group =
                new ModelGroup(
                        request.model(),
                        List.of(deployment(target)),
                        List.of(),
                        SettingsPatch.EMPTY);
        Fleet fleet =
                new Fleet(
                        new RouterConfig(
                                List.of(group),
                                Map.of(),
                                List.of(),
                                Settings.DEFAULTS,
                                Duration.ofSeconds(5),
                                null,
                                Duration.ZERO));
        this.relay =
                new Relay(
                        request,
                        Settings.DEFAULTS,
                        fleet.plan(group, Settings.DEFAULTS, new Random(1)),
                        new CapabilityMemory(),
                        client.blocksInOrder());
        this.encoder = client.encoder(request, minting(), NOW);
    }

    private static Deployment deployment(Target target) {
        Endpoint endpoint = new Endpoint(NOWHERE, NOWHERE, Map.of(), new Credential.None());
        return new Deployment(
                target, endpoint, List.of(Method.USER_TURN), 1, 1, Clocks.UNSET, null, null, null);
    }

    private static Supplier<String> minting() {
        int[] count = new int[1];
        return () -> "minted%018d".formatted(++count[0]);
    }

    /** What the client is sent when the upstream streams this. */
    static String through(
            ClientProtocol client,
            Request request,
            UpstreamProtocol upstream,
            Target target,
            byte[] answer) {
        Carrying carrying = new Carrying(client, request, target);
        carrying.perform(carrying.relay.begin(0));
        StreamDecoder decoder = upstream.streamDecoder(target);
        decoder.feed(answer, 0, answer.length, carrying::frame);
        decoder.end(carrying::frame);
        carrying.perform(carrying.relay.ended(1, null, 1));
        while (!carrying.over) {
            carrying.perform(carrying.relay.wake(carrying.wakeAt));
        }
        return carrying.written.toString(StandardCharsets.UTF_8);
    }

    private void frame(Frame frame) {
        perform(relay.frame(1, frame, 1));
    }

    private void fail(Step.Fail fail) {
        if (request.stream()) {
            encoder.fail(fail.report(), written::write);
        } else {
            written.writeBytes(client.error(fail.report()));
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
                    fail(fail);
                }
                case Step.Decide decide -> perform(relay.decided(new Decision.GiveUp(), 1));
                case Step.Start start -> {}
                case Step.Cancel cancel -> {}
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
