package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures that have fallbacks of their own: conversations too long, and policies' refusals. */
class FallbacksByCauseTest {

    private static final Failure TOO_LONG = error(ErrorClass.CONTEXT_LENGTH, 400);
    private static final Failure POLICY = error(ErrorClass.CONTENT_POLICY, 400);

    private static World world() {
        World world = new World();
        world.numRetries = 0;
        return world;
    }

    private static Fallbacks lists(
            List<Fallback> general, List<Fallback> contextWindow, List<Fallback> contentPolicy) {
        return new Fallbacks(general, contextWindow, contentPolicy);
    }

    private static Fallbacks general(String... models) {
        return lists(Fallback.to(models), List.of(), List.of());
    }

    private static Fallbacks windows(String... models) {
        return lists(List.of(), Fallback.to(models), List.of());
    }

    private static Fallbacks policies(String... models) {
        return lists(List.of(), List.of(), Fallback.to(models));
    }

    @Test
    void whatIsTooLongGoesToLargerWindowsAndThenToTheGeneralFallbacks() {
        World world = world();
        world.group("g", "a b", lists(Fallback.to("f"), Fallback.to("w"), List.of()))
                .group("w", "w", windows("v"))
                .group("v", "v")
                .group("f", "f");

        assertThat(world.ask("g").failsThroughout(TOO_LONG)).hasSize(4).endsWith("w", "v", "f");
        assertThat(world.ask("g").failsThroughout(CUT)).doesNotContain("w", "v").endsWith("f");
    }

    @Test
    void whoStandsInForALargerWindowIsAskedBeforeTheNextSibling() {
        World world = world();
        world.group("g", "a", lists(Fallback.to("f"), Fallback.to("w", "v"), List.of()))
                .group("w", "w", general("x"))
                .group("v", "v")
                .group("x", "x")
                .group("f", "f");

        Walk walk = world.ask("g").asks("a").fails(TOO_LONG);

        assertThat(walk.failsThroughout(CUT)).containsExactly("w", "x", "v", "f");
    }

    @Test
    void withoutAListOfItsOwnTheGeneralFallbacksAreAsked() {
        World world = world();
        world.group("g", "a b", general("f")).group("f", "f", windows("w")).group("w", "w");

        assertThat(world.ask("g").failsThroughout(TOO_LONG)).hasSize(3).endsWith("f", "w");
    }

    @Test
    void theListForEveryGroupCounts() {
        World world = world();
        world.group("g", "a").group("w", "w").group("p", "p");
        world.defaults = lists(List.of(), Fallback.to("w"), Fallback.to("p"));

        assertThat(world.ask("g").failsThroughout(TOO_LONG)).containsExactly("a", "w");
        assertThat(world.ask("g").failsThroughout(POLICY)).containsExactly("a", "p");
    }

    @Test
    void whatWasOpenedAheadComesBehind() {
        World world = world();
        world.group("g", "a", lists(Fallback.to("w", "f"), Fallback.to("v", "w"), List.of()))
                .group("w", "w")
                .group("v", "v")
                .group("f", "f");

        Walk walk = world.ask("g").asks("a");
        assertThat(walk.plan.another(world.now, d -> d.id().equals("f"))).isTrue();
        walk.fails(TOO_LONG);

        assertThat(walk.another()).isTrue();
        assertThat(walk.failsThroughout(TOO_LONG)).containsExactly("v", "w", "f");
    }

    @Test
    void aDeploymentOfTheSameGroupMayBeNamed() {
        World world = world();
        world.group("g", "a b c", windows("c"));
        world.preferred = d -> d.id().equals("a");
        assertThat(world.ask("g").failsThroughout(TOO_LONG)).containsExactly("a", "c");

        World policy = world();
        policy.group("g", "a b c", policies("b"));
        policy.preferred = d -> d.id().equals("a");
        assertThat(policy.ask("g").failsThroughout(POLICY)).containsExactly("a", "b");
    }

    @Test
    void aPolicysRefusalIsTheEndUnlessGroupsAreNamedForIt() {
        World world = world();
        world.group("g", "a b", general("f")).group("f", "f");
        assertThat(world.ask("g").failsThroughout(POLICY)).hasSize(1);

        World named = world();
        named.group("g", "a b", lists(Fallback.to("f"), List.of(), Fallback.to("p", "q")))
                .group("p", "p", general("x"))
                .group("q", "q", policies("r"))
                .group("r", "r")
                .group("x", "x")
                .group("f", "f");
        assertThat(named.ask("g").failsThroughout(POLICY)).hasSize(4).endsWith("p", "q", "r");
    }

    @Test
    void afterAPolicysRefusalOnlyTheGroupsNamedForItAreAskedWhateverFails() {
        World world = world();
        world.numRetries = 5;
        world.group("g", "a b", lists(Fallback.to("f"), Fallback.to("f"), Fallback.to("p", "q")))
                .group("p", "p", general("f"))
                .group("q", "q", windows("f"))
                .group("f", "f");
        Walk walk = world.ask("g");
        walk.next();
        assertThat(walk.another()).isTrue();
        walk.fails(POLICY);
        assertThat(walk.plan.turned()).isTrue();

        assertThat(walk.asks("p").fails(CUT).plan.turned()).isFalse();
        walk.asks("q").fails(TOO_LONG);
        assertThat(walk.failsThroughout(CUT)).isNotEmpty().containsOnly("p");
    }

    @Test
    void evadingThePolicyStillGoesToTheNextGroupWhereNoneIsNamed() {
        World world = world();
        world.evadeContentPolicy = true;
        world.group("g", "a b", general("f")).group("f", "f");

        assertThat(world.ask("g").failsThroughout(POLICY)).hasSize(2).endsWith("f");
    }

    @Test
    void aGroupNoneOfWhoseWindowsFitsCountsAsOneThatRefused() {
        World world = world();
        world.numRetries = 1;
        world.fits = d -> d.id().startsWith("w");
        world.group("g", "a b", lists(Fallback.to("f"), Fallback.to("v", "w"), List.of()))
                .group("v", "v")
                .group("w", "w w2")
                .group("f", "f");
        assertThat(world.ask("g").failsThroughout(CUT)).containsExactlyInAnyOrder("w", "w2");

        World some = world();
        some.fits = d -> d.id().equals("b");
        some.group("g", "a b", windows("w")).group("w", "w");
        assertThat(some.ask("g").failsThroughout(CUT)).containsExactly("b");

        World nobody = world();
        nobody.fits = d -> false;
        nobody.group("g", "a b", windows("w")).group("w", "w");
        assertThat(nobody.ask("g").ends().failure())
                .isInstanceOfSatisfying(
                        Failure.Refused.class,
                        refused -> {
                            assertThat(refused.error().status()).isEqualTo(400);
                            assertThat(refused.error().errorClass())
                                    .isEqualTo(ErrorClass.CONTEXT_LENGTH);
                            assertThat(refused.message()).contains("`g`");
                        });
    }

    @Test
    void offMeansOffForTheseToo() {
        World world = world();
        world.disableFallbacks = true;
        world.group("g", "a", lists(List.of(), Fallback.to("w"), Fallback.to("p")))
                .group("w", "w")
                .group("p", "p");

        assertThat(world.ask("g").failsThroughout(TOO_LONG)).containsExactly("a");
        assertThat(world.ask("g").failsThroughout(POLICY)).containsExactly("a");
        world.fits = d -> false;
        assertThat(world.ask("g").ends().failure()).isNotNull();
    }

    @Test
    void theBudgetForFallbacksHolds() {
        World world = world();
        world.maxFallbacks = 2;
        world.group("g", "a", windows("v", "w", "x"));
        world.group("v", "v").group("w", "w").group("x", "x");

        assertThat(world.ask("g").failsThroughout(TOO_LONG)).containsExactly("a", "v", "w");
    }

    @Test
    void noListOfAnyKindMakesALoop() {
        World world = world();
        world.maxFallbacks = 100;
        Fallbacks all =
                lists(
                        Fallback.to("g", "h", "i"),
                        Fallback.to("i", "h", "g"),
                        Fallback.to("h", "g", "i"));
        world.group("g", "a", all).group("h", "b", all).group("i", "c", all);
        world.defaults = all;

        assertThat(world.ask("g").failsThroughout(TOO_LONG)).containsExactly("a", "c", "b");
        assertThat(world.ask("g").failsThroughout(POLICY)).containsExactly("a", "b", "c");
        assertThat(world.ask("g").asks("a").fails(TOO_LONG).failsThroughout(POLICY))
                .containsExactly("c", "b");
    }
}
