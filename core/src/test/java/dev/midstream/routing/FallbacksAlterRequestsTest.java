package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FallbacksAlterRequestsTest {

    private static Fallback altered(String model, String... members) {
        Map<String, Json> map = new TreeMap<>();
        for (String member : members) {
            map.put(member, new Json("1"));
        }
        return new Fallback(model, new Variant(map));
    }

    private static Fallbacks general(Fallback... fallbacks) {
        return new Fallbacks(List.of(fallbacks), List.of(), List.of());
    }

    private static World world() {
        World world = new World();
        world.numRetries = 0;
        return world;
    }

    /** Ids with the names of the members that are replaced. */
    private static List<String> asked(Walk walk) {
        List<String> asked = new ArrayList<>();
        while (walk.next() instanceof Choice.Ask ask) {
            asked.add(ask.deployment().id() + new TreeMap<>(ask.variant().members()).keySet());
            walk.fails(CUT);
        }
        return asked;
    }

    @Test
    void anAlterationHoldsForTheGroupsThatFollow() {
        World world = world();
        world.group("g", "a", general(altered("f", "x"), altered("h")))
                .group("f", "b", general(altered("i", "y"), altered("j")))
                .group("i", "c")
                .group("j", "d")
                .group("h", "e");

        assertThat(asked(world.ask("g"))).containsExactly("a[]", "b[x]", "c[x, y]", "d[x]", "e[]");
    }

    @Test
    void theSameGroupMayBeAskedSomethingElse() {
        World world = world();
        world.group("g", "a", general(altered("g"), altered("g", "x"), altered("g", "x")));

        assertThat(asked(world.ask("g"))).containsExactly("a[]", "a[x]");
        assertThat(world.ask("g").failsThroughout(error(ErrorClass.BAD_REQUEST, 400)))
                .containsExactly("a", "a");
    }

    @Test
    void alterationsMakeNoLoop() {
        World world = world();
        world.maxFallbacks = 100;
        world.group("g", "a", general(altered("f", "x"), altered("f", "y")))
                .group("f", "b", general(altered("g"), altered("g", "z"), altered("f", "x")));

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a", "b", "a", "b");
    }

    @Test
    void groupsForWhichTheRequestCannotBeAlteredArePassedOver() {
        World world = world();
        world.formable = variant -> !variant.members().containsKey("x");
        world.group("g", "a", general(altered("f", "x"), altered("h", "y")))
                .group("f", "b")
                .group("h", "c");

        assertThat(asked(world.ask("g"))).containsExactly("a[]", "c[y]");
    }

    @Test
    void whatTheRequestSaysItselfCountsInsteadOfTheSameKindOfConfiguredFallbacks() {
        World world = world();
        Fallbacks configured = new Fallbacks(Fallback.to("f"), Fallback.to("w"), Fallback.to("p"));
        world.group("g", "a", configured).group("f", "b").group("w", "w").group("p", "p");
        world.group("h", "c");
        world.defaults = general(altered("p"));
        world.own =
                new OwnFallbacks(
                        Map.of("g", new OwnFallbacks.Lists(Fallback.to("h"), null, List.of())),
                        new OwnFallbacks.Lists(List.of(), null, Fallback.to("f")));

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a", "c");
        assertThat(world.ask("g").asks("a").fails(error(ErrorClass.CONTEXT_LENGTH, 400)).next())
                .isInstanceOfSatisfying(
                        Choice.Ask.class, ask -> assertThat(ask.deployment().id()).isEqualTo("w"));
        assertThat(world.ask("g").failsThroughout(error(ErrorClass.CONTENT_POLICY, 400)))
                .containsExactly("a", "b");
    }
}
