package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Failure;
import org.junit.jupiter.api.Test;

final class WhoKeepsTheAnswerIsAskedFirstTest {

    @Test
    void beforeTheOthersOfItsGroup() {
        for (int seed = 0; seed < 20; seed++) {
            World world = new World().group("g", "a b c", "f").group("f", "x");
            world.preferred = deployment -> deployment.id().equals("c");
            assertThat(world.ask("g").failsThroughout(new Failure.Cut(true, "cut")))
                    .startsWith("c");
        }
    }

    @Test
    void butNotWhileItIsLeftAlone() {
        World world = new World().group("g", "a b");
        world.preferred = deployment -> deployment.id().equals("b");
        world.ask("g")
                .asks("b")
                .fails(new Failure.NotConnected(Failure.NotConnected.Reason.REFUSED, "refused"))
                .asks("a");
        world.ask("g").asks("a");
    }
}
