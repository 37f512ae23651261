package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random configurations under random failures; what is checked here is written apart from the plan.
 */
class BudgetHoldsTest {

    private static final Failure CUT = World.CUT;
    private static final int WORLDS = 1000;
    private static final int REQUESTS = 8;

    private static final Set<ErrorClass> ASKED_OTHERWISE =
            EnumSet.of(
                    ErrorClass.PREFILL_REFUSED,
                    ErrorClass.REASONING_REFUSED,
                    ErrorClass.STREAM_REFUSED,
                    ErrorClass.PROTOCOL_REFUSED);
    private static final Set<ErrorClass> FORBIDS_THE_SAME =
            Set.of(
                    ErrorClass.BAD_REQUEST,
                    ErrorClass.UNSUPPORTED_PARAMETER,
                    ErrorClass.CONTEXT_LENGTH,
                    ErrorClass.CONTENT_POLICY,
                    ErrorClass.TOO_LARGE,
                    ErrorClass.AUTHENTICATION,
                    ErrorClass.PERMISSION,
                    ErrorClass.QUOTA,
                    ErrorClass.NOT_FOUND);

    private static final Set<ErrorClass> FORBIDS_THE_GROUP =
            Set.of(
                    ErrorClass.BAD_REQUEST,
                    ErrorClass.UNSUPPORTED_PARAMETER,
                    ErrorClass.CONTEXT_LENGTH,
                    ErrorClass.CONTENT_POLICY,
                    ErrorClass.TOO_LARGE);

    @Test
    void inRandomWorlds() {
        for (long seed = 0; seed < WORLDS; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = randomWorld(random);
        for (int i = 0; i < REQUESTS; i++) {
            try {
                new Request(world, random).run();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", request " + i, e);
            }
            world.pass(random.nextInt(8));
        }
        assertThat(world.fleet().snapshot(world.now))
                .as("seed %d", seed)
                .allSatisfy(state -> assertThat(state.inFlight()).isZero());
    }

    private static World randomWorld(SplittableRandom random) {
        World world = new World();
        int groups = 1 + random.nextInt(4);
        for (int g = 0; g < groups; g++) {
            List<Deployment> deployments = new ArrayList<>();
            for (int d = random.nextInt(4); d >= 0; d--) {
                deployments.add(randomDeployment("g" + g, "g" + g + "d" + d, random));
            }
            world.group("g" + g, deployments, randomFallbacks(groups, random));
        }
        world.numRetries = random.nextInt(4);
        world.maxFallbacks = random.nextInt(4);
        world.maxAttempts = random.nextInt(3) == 0 ? random.nextInt(6) : null;
        world.disableFallbacks = random.nextInt(5) == 0;
        world.evadeContentPolicy = random.nextBoolean();
        world.allowedFails = random.nextBoolean() ? random.nextInt(3) : null;
        world.cooldown = Duration.ofSeconds(random.nextInt(3) * 5L);
        return world;
    }

    private static Deployment randomDeployment(String group, String id, SplittableRandom random) {
        World.Builder builder = World.deployment(group, id).order(random.nextInt(2));
        if (random.nextInt(8) == 0) {
            builder.unusable("not spoken");
        }
        return builder.weight(random.nextInt(3)).build();
    }

    private static String[] randomFallbacks(int groups, SplittableRandom random) {
        return random.ints(random.nextInt(4), 0, groups + 1)
                .mapToObj(g -> random.nextInt(4) == 0 ? "g" + g + "d0" : "g" + g)
                .toArray(String[]::new);
    }

    private static Failure randomFailure(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> CUT;
            case 2 -> World.REFUSED;
            case 3 -> new Failure.SeamRejected("digresses", false);
            case 4 -> new Failure.Untranslatable("n", "no n");
            default -> {
                ErrorClass[] classes = ErrorClass.values();
                ErrorClass errorClass = classes[random.nextInt(classes.length)];
                Duration wait =
                        random.nextInt(3) == 0 ? Duration.ofSeconds(random.nextInt(90)) : null;
                yield World.error(errorClass, 400, wait, random.nextInt(6) == 0);
            }
        };
    }

    /** One request, with its own books. */
    private static final class Request {
        private final World world;
        private final SplittableRandom random;
        private final Walk walk;
        private final long begun;
        private final Map<String, Integer> asked = new HashMap<>();
        private final Set<String> forbidden = new HashSet<>();
        private final Set<String> forbiddenGroups = new HashSet<>();
        private final Set<String> askedGroups = new HashSet<>();
        private boolean over;
        private final Set<String> askedOtherwise = new HashSet<>();
        private int attempts;
        private int retries;
        private int otherwises;
        private int fallbacks;

        Request(World world, SplittableRandom random) {
            this.world = world;
            this.random = random;
            this.walk = world.ask("g0");
            this.begun = world.now;
        }

        void run() {
            boolean promised = true;
            boolean cut = false;
            while (true) {
                Choice choice = walk.next();
                if (cut) {
                    assertThat(!(choice instanceof Choice.Exhausted))
                            .as("another() agrees with next()")
                            .isEqualTo(promised);
                    cut = false;
                }
                switch (choice) {
                    case Choice.Exhausted e -> {
                        return;
                    }
                    case Choice.WaitUntil wait -> waits(wait);
                    case Choice.Ask ask -> {
                        allowed(ask);
                        promised = walk.another();
                        assertThat(walk.another()).isEqualTo(promised);
                        if (random.nextInt(6) == 0) {
                            walk.succeeds();
                            return;
                        }
                        Failure failure = randomFailure(random);
                        cut = failure.equals(CUT);
                        walk.fails(failure);
                        remember(ask, failure);
                    }
                }
            }
        }

        private void waits(Choice.WaitUntil wait) {
            assertThat(attempts).as("nobody waits before the first attempt").isPositive();
            nobodyIsLeftInTheGroup();
            assertThat(wait.nanos() - world.now).isBetween(1L, Duration.ofSeconds(60).toNanos());
            world.now = wait.nanos();
            assertThat(walk.plan.another(world.now, d -> true)).isTrue();
            assertThat(world.now - begun).isLessThan(Duration.ofHours(1).toNanos());
        }

        private void allowed(Choice.Ask ask) {
            String id = ask.deployment().id();
            assertThat(over).as("asked after the end").isFalse();
            assertThat(ask.deployment().unusable()).isNull();
            assertThat(forbidden).doesNotContain(id);
            assertThat(forbiddenGroups).doesNotContain(ask.group());
            assertThat(ask.fallback()).isEqualTo(!ask.group().equals("g0"));
            assertThat(ask.fallback() && world.disableFallbacks).isFalse();
            if (asked.containsKey(id) && !askedOtherwise.contains(id)) {
                nobodyIsLeftInTheGroup();
            }
            count(ask, id);
            assertThat(attempts).isLessThanOrEqualTo(world.mostAttempts());
            assertThat(retries).isLessThanOrEqualTo(world.numRetries);
            assertThat(fallbacks).isLessThanOrEqualTo(world.maxFallbacks);
        }

        /** Called where somebody is asked again or waited for. */
        private void nobodyIsLeftInTheGroup() {
            int retries = attempts - otherwises - askedGroups.size();
            if (!askedGroups.contains("g0") || retries >= world.numRetries) {
                return;
            }
            Set<String> cooled = new HashSet<>();
            for (DeploymentState state : world.fleet().snapshot(world.now)) {
                if (state.cooledFor() != null) {
                    cooled.add(state.id());
                }
            }
            assertThat(world.groups.getFirst().deployments())
                    .filteredOn(d -> d.unusable() == null && !forbiddenGroups.contains("g0"))
                    .extracting(Deployment::id)
                    .allMatch(id -> asked.containsKey(id) || cooled.contains(id));
        }

        private void count(Choice.Ask ask, String id) {
            attempts++;
            if (asked.merge(id, 1, Integer::sum) > 1) {
                boolean otherwise = askedOtherwise.remove(id);
                retries += otherwise ? 0 : 1;
                otherwises += otherwise ? 1 : 0;
            }
            if (askedGroups.add(ask.group()) && ask.fallback()) {
                fallbacks++;
            }
        }

        private void remember(Choice.Ask ask, Failure failure) {
            if (failure instanceof Failure.Untranslatable) {
                forbidden.add(ask.deployment().id());
            }
            if (failure instanceof Failure.Refused refused) {
                remember(ask, refused.error().errorClass(), refused.error().retryVeto());
            }
        }

        private void remember(Choice.Ask ask, ErrorClass errorClass, boolean vetoed) {
            boolean otherwise = ASKED_OTHERWISE.contains(errorClass);
            if (otherwise) {
                askedOtherwise.add(ask.deployment().id());
            }
            if (FORBIDS_THE_SAME.contains(errorClass) || (vetoed && !otherwise)) {
                forbidden.add(ask.deployment().id());
            }
            if (FORBIDS_THE_GROUP.contains(errorClass)) {
                forbiddenGroups.add(ask.group());
            }
            over |= errorClass == ErrorClass.CONTENT_POLICY && !world.evadeContentPolicy;
        }
    }
}
