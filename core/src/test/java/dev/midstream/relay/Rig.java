package dev.midstream.relay;

import dev.midstream.capability.CapabilityMemory;
import dev.midstream.model.BlockKind;
import dev.midstream.model.Draft;
import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import dev.midstream.model.FinishReason;
import dev.midstream.model.Frame;
import dev.midstream.model.Message;
import dev.midstream.model.Method;
import dev.midstream.model.ProviderError;
import dev.midstream.model.Request;
import dev.midstream.model.ResponseFormat;
import dev.midstream.model.Sampling;
import dev.midstream.model.StreamEvent;
import dev.midstream.model.StreamEvent.BlockEnded;
import dev.midstream.model.StreamEvent.BlockStarted;
import dev.midstream.model.StreamEvent.ChoiceEnded;
import dev.midstream.model.StreamEvent.Delta;
import dev.midstream.model.StreamEvent.Opened;
import dev.midstream.model.StreamEvent.Terminated;
import dev.midstream.model.StreamEvent.UsageReported;
import dev.midstream.model.Target;
import dev.midstream.model.Usage;
import dev.midstream.routing.Clocks;
import dev.midstream.routing.Credential;
import dev.midstream.routing.Deployment;
import dev.midstream.routing.Endpoint;
import dev.midstream.routing.Fleet;
import dev.midstream.routing.ModelGroup;
import dev.midstream.routing.RouterConfig;
import dev.midstream.routing.Settings;
import dev.midstream.routing.SettingsPatch;
import dev.midstream.routing.SettingsWith;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A relay driven by hand: a group {@code main} of one deployment that falls back to one of group
 * {@code other}, both asked to go on by a user turn unless said otherwise. What it does is logged
 * in short words; decisions are answered at once.
 */
final class Rig {

    private final Relay relay;
    private final List<String> log = new ArrayList<>();
    private final List<Step.Start> starts = new ArrayList<>();
    private final List<DecisionPoint> points = new ArrayList<>();
    private @Nullable Step last;
    private long now = Duration.ofDays(1).toNanos();
    private long wakeAt = Long.MAX_VALUE;
    private int attempt;
    private boolean listens;
    private @Nullable Decision decision = new Decision.Proceed();

    private Rig(Wish wish) {
        Fleet fleet =
                new Fleet(
                        new RouterConfig(
                                List.of(wish.group("main", "other"), wish.group("other")),
                                Map.of(),
                                List.of(),
                                wish.settings,
                                Duration.ofSeconds(5),
                                null,
                                Duration.ZERO));
        relay =
                new Relay(
                        wish.request(),
                        wish.settings,
                        fleet.plan(
                                fleet.group("main").orElseThrow(),
                                wish.settings,
                                new SplittableRandom(1)),
                        new CapabilityMemory(),
                        wish.inOrder);
    }

    /** What is configured; each method gives a changed copy. */
    record Wish(
            Settings settings,
            boolean stream,
            boolean inOrder,
            int choices,
            ResponseFormat format,
            List<Method> methods) {

        Wish with(UnaryOperator<SettingsWith> change) {
            Settings changed = change.apply(new SettingsWith(settings)).settings();
            return new Wish(changed, stream, inOrder, choices, format, methods);
        }

        Wish plain() {
            return new Wish(settings, false, inOrder, choices, format, methods);
        }

        Wish ordered() {
            return new Wish(settings, stream, true, choices, format, methods);
        }

        Wish choices(int wanted) {
            return new Wish(settings, stream, inOrder, wanted, format, methods);
        }

        Wish json() {
            return new Wish(
                    settings, stream, inOrder, choices, new ResponseFormat.JsonObject(), methods);
        }

        Wish methods(Method... known) {
            return new Wish(settings, stream, inOrder, choices, format, List.of(known));
        }

        /** The relay after its beginning. */
        Rig begin() {
            Rig rig = new Rig(this);
            rig.take(rig.relay.begin(rig.now));
            return rig;
        }

        private ModelGroup group(String name, String... fallbacks) {
            Target target =
                    new Target(
                            name, name, "p", "m", "x", "", Map.of(), false, List.of(), List.of());
            Endpoint endpoint =
                    new Endpoint(
                            URI.create("http://x"),
                            URI.create("http://x"),
                            Map.of(),
                            new Credential.None());
            Deployment deployment =
                    new Deployment(target, endpoint, methods, 1, 1, Clocks.UNSET, null, null, null);
            return new ModelGroup(
                    name, List.of(deployment), List.of(fallbacks), SettingsPatch.EMPTY);
        }

        private Request request() {
            return new Request(
                    "x",
                    "main",
                    stream,
                    true,
                    List.of(Message.of(Message.Role.USER, "Hi")),
                    List.of(),
                    null,
                    null,
                    null,
                    List.of(),
                    choices,
                    Sampling.NONE,
                    format,
                    null,
                    null,
                    Map.of(),
                    Map.of(),
                    null,
                    new byte[0]);
        }
    }

    /** One stream, retries and fallbacks by default. */
    static Wish streaming() {
        return new Wish(
                Settings.DEFAULTS,
                true,
                false,
                1,
                new ResponseFormat.Text(),
                List.of(Method.USER_TURN));
    }

    // ---- what the upstream that was asked last does

    Rig says(StreamEvent... events) {
        return says(attempt, events);
    }

    private Rig says(int who, StreamEvent... events) {
        return take(relay.frame(who, Frame.synthetic(List.of(events)), now));
    }

    Rig opens() {
        return says(new Opened("id", "m", 1));
    }

    /** Opens, and begins to say this. */
    Rig begins(String text) {
        return opens().says(BlockStarted.text(0, 0), new Delta(0, text));
    }

    Rig goesOn(String text) {
        return says(new Delta(0, text));
    }

    Rig thinks(String text) {
        return says(BlockStarted.of(0, 0, BlockKind.REASONING), new Delta(0, text));
    }

    Rig beginsCall(int block, String name, String arguments) {
        return says(
                BlockStarted.toolCall(block, 0, "call-" + attempt + block, name),
                new Delta(block, arguments));
    }

    Rig ends(int block) {
        return says(new BlockEnded(block));
    }

    /** Ends its text and the answer, in good order. */
    Rig finishes() {
        return ends(0).stops(FinishReason.STOP);
    }

    Rig stops(FinishReason reason) {
        int who = attempt;
        says(who, new ChoiceEnded(0, reason, null));
        says(who, new UsageReported(Usage.of(10, 20)));
        return says(who, new Terminated());
    }

    Rig breaksOff() {
        return ended(new Failure.Cut(true, "cut"));
    }

    Rig ended(@Nullable Failure failure) {
        return take(relay.ended(attempt, failure, now));
    }

    static Failure refused(int status, ErrorClass errorClass) {
        return new Failure.Refused(
                new ProviderError(
                        status, errorClass, "t", null, null, "m", null, null, null, false),
                false);
    }

    // ---- what else happens

    /** Time passes; the relay is woken when it wished to be. */
    Rig wait(Duration duration) {
        long until = now + duration.toNanos();
        while (wakeAt <= until) {
            now = Math.max(now, wakeAt);
            wakeAt = Long.MAX_VALUE;
            take(relay.wake(now));
        }
        now = until;
        return this;
    }

    Rig clientTakes(boolean takes) {
        return take(relay.writable(takes, now));
    }

    Rig clientLeaves() {
        return take(relay.clientGone(now));
    }

    Rig shutdown() {
        return take(relay.shutdown(now));
    }

    /** From now on what is told, and what is to be decided, is logged too. */
    Rig listens() {
        listens = true;
        return this;
    }

    /** Decisions are not answered until {@link #decides}. */
    Rig hesitates() {
        decision = null;
        return this;
    }

    /** Decisions are answered like this from now on. */
    Rig answers(Decision made) {
        decision = made;
        return this;
    }

    Rig decides(Decision made) {
        return take(relay.decided(made, now));
    }

    // ---- what came of it

    /** What was done since this was last asked for, in short words. */
    List<String> did() {
        List<String> done = List.copyOf(log);
        log.clear();
        return done;
    }

    Step last() {
        return last;
    }

    /** What was to be decided last. */
    DecisionPoint point() {
        return points.getLast();
    }

    int decisions() {
        return points.size();
    }

    /** What the upstream that was asked last was sent. */
    Draft draft() {
        return starts.getLast().draft();
    }

    private Rig take(List<Step> steps) {
        List<Step> own = List.copyOf(steps);
        for (Step step : own) {
            last = step;
            words(step).forEach(log::add);
            if (step instanceof Step.Start start) {
                attempt = start.attempt();
                starts.add(start);
            }
            if (step instanceof Step.Decide decide) {
                points.add(decide.point());
            }
            if (step instanceof Step.WakeAt wake) {
                wakeAt = wake.nanos();
            }
        }
        boolean asked = own.stream().anyMatch(Step.Decide.class::isInstance);
        return asked && decision != null ? take(relay.decided(decision, now)) : this;
    }

    private Stream<String> words(Step step) {
        return switch (step) {
            case Step.Start s ->
                    Stream.of("ask " + s.deployment().id() + " by " + s.draft().method().word());
            case Step.Cancel c -> Stream.of("cancel " + c.attempt());
            case Step.Commit c -> Stream.of("commit");
            case Step.ReleaseFrame f -> events(f.frame()).map(Rig::word);
            case Step.ReleaseEvent e -> Stream.of(word(e.event()));
            case Step.Heartbeat h -> Stream.of("heartbeat");
            case Step.Reset r -> Stream.of("reset");
            case Step.Finish f -> Stream.of("finish");
            case Step.Fail f ->
                    Stream.of("fail " + f.report().status() + " " + f.report().first().cause());
            case Step.Abandon a -> Stream.of("abandon");
            case Step.StopGenerating s -> Stream.of("stop " + s.answer().id());
            case Step.Warn w -> Stream.of("warn");
            case Step.Comment c -> Stream.of();
            case Step.WakeAt w -> Stream.of();
            case Step.Decide d -> listens ? Stream.of("decide") : Stream.of();
            case Step.Tell t -> listens ? Stream.of(word(t.notice())) : Stream.of();
        };
    }

    private static String word(Notice notice) {
        return switch (notice) {
            case Notice.FirstToken f -> "first " + f.attempt();
            case Notice.AttemptFailed f -> "failed " + f.attempt() + " " + f.failure().cause();
            case Notice.CooledDown c ->
                    "cooled %s of %s for %d s after %s"
                            .formatted(
                                    c.deployment(),
                                    c.group(),
                                    c.duration().toSeconds(),
                                    c.failure().cause());
            case Notice.Continued c ->
                    "continued " + c.attempt() + " by " + c.method().word() + " " + c.grade();
        };
    }

    private static Stream<StreamEvent> events(Frame frame) {
        return IntStream.range(0, frame.size()).mapToObj(frame::event);
    }

    private static String word(StreamEvent event) {
        return switch (event) {
            case Opened o -> "open";
            case BlockStarted s -> "start " + s.block() + " " + s.kind();
            case Delta d -> d.block() + ": " + d.text();
            case BlockEnded e -> "end " + e.block();
            case ChoiceEnded e -> "stop " + e.reason();
            case UsageReported u -> "usage";
            case StreamEvent.Restarted r -> "restarted " + r.block();
            case Terminated t -> "terminal";
            case StreamEvent.Signed s -> "signed";
            case StreamEvent.Attached a -> "attached";
            case StreamEvent.Pinged p -> "ping";
            case StreamEvent.Malformed m -> "malformed";
            case StreamEvent.Failed f -> "failed";
        };
    }
}
