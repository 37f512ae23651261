package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TagsFindDeploymentsTest {

    private static World world(boolean any) {
        World world = new World();
        world.numRetries = 5;
        world.tagging = new Tagging(true, any);
        world.group(
                "g",
                List.of(
                        deployment("g", "free").tags("free").build(),
                        deployment("g", "paid").tags("paid", "fast").build(),
                        deployment("g", "usual").tags("default").build(),
                        deployment("g", "plain").build()),
                "f");
        world.group(
                "f",
                List.of(
                        deployment("f", "free-too").tags("free").build(),
                        deployment("f", "plain-too").build()));
        return world;
    }

    private static Set<String> asked(World world, String... tags) {
        world.tags = Set.of(tags);
        world.pass(3600);
        return Set.copyOf(world.ask("g").failsThroughout(CUT));
    }

    @Test
    void oneOfTheTagsIsEnough() {
        assertThat(asked(world(true), "free")).containsExactlyInAnyOrder("free", "free-too");
        assertThat(asked(world(true), "free", "paid"))
                .containsExactlyInAnyOrder("free", "paid", "free-too");
    }

    @Test
    void allOfThemAreNeededWhereThatIsConfigured() {
        assertThat(asked(world(false), "paid", "fast")).containsExactly("paid");
        assertThat(asked(world(false), "paid", "free")).containsExactly("usual");
    }

    @Test
    void whatFitsNoneGoesToTheDefault() {
        assertThat(asked(world(true), "unheard-of")).containsExactly("usual");
    }

    @Test
    void requestsWithoutTagsGoToTheDefaultOrToAnybody() {
        assertThat(asked(world(true))).containsExactlyInAnyOrder("usual", "free-too", "plain-too");
    }

    @Test
    void nobodyLeftIsAnErrorThatNamesTheTags() {
        World world = world(true);
        world.tags = Set.of("b", "a");

        assertThat(world.ask("f").plan.nobody())
                .isEqualTo(
                        new Failure.Unusable(
                                400,
                                "No deployment of `f` serves requests with the tags `a`, `b`"));
        assertThat(world.ask("f").ends().failure()).isInstanceOf(Failure.Unusable.class);
    }

    @Test
    void tagsCountForNothingWhereTheFilterIsOff() {
        World world = world(true);
        world.tagging = Tagging.OFF;

        assertThat(asked(world, "free")).hasSize(6);
    }
}
