package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.REFUSED;
import static dev.midstream.routing.World.deployment;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OffMeansOffTest {

    @ParameterizedTest
    @EnumSource
    void disabledFallbacksSeeNoRequestWhateverFails(ErrorClass errorClass) {
        World world = new World().group("g", "a b", "f").group("f", "x").group("d", "y");
        world.defaultFallbacks.add("d");
        world.disableFallbacks = true;
        world.evadeContentPolicy = true;

        assertThat(world.ask("g").failsThroughout(error(errorClass, 400)))
                .isNotEmpty()
                .isSubsetOf("a", "b");
    }

    @Test
    void disabledFallbacksAreNotAnotherPlaceToGo() {
        World world = new World().group("g", "a", "f").group("f", "x");
        world.numRetries = 0;
        assertThat(world.ask("g").asks("a").another()).isTrue();

        world.disableFallbacks = true;
        assertThat(world.ask("g").asks("a").another()).isFalse();
    }

    @Test
    void noFallbacksWhereNoneMayBeAsked() {
        World world = new World().group("g", "a", "f").group("f", "x");
        world.maxFallbacks = 0;
        world.numRetries = 0;

        assertThat(world.ask("g").failsThroughout(CUT)).containsExactly("a");
    }

    @Test
    void aRoutersCooldownOfZeroRemembersNothing() {
        World world = new World().group("g", "a", "f").group("f", "x");
        world.cooldown = Duration.ZERO;
        Failure hint = error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(9));

        Walk walk = world.ask("g").asks("a").fails(hint);
        walk.asks("x").fails(new Failure.Unusable(401, "no key"));

        assertThat(walk.waits()).as("the request that was told to wait waits").isEqualTo(9);
        world.ask("g").asks("a").fails(hint);
        world.ask("g").asks("a");
    }

    @Test
    void aDeploymentsCooldownOfZeroRemembersNothingOfIt() {
        Deployment a = deployment("g", "a").cooldown(Duration.ZERO).build();
        World world = new World().group("g", List.of(a), "f").group("f", "x");
        world.ask("g").asks("a").fails(REFUSED);

        world.ask("g").asks("a").fails(REFUSED).asks("x").fails(REFUSED);
        world.ask("f").asks("x").fails(REFUSED);
        assertThat(world.fleet().snapshot(world.now))
                .extracting(DeploymentState::cooledFor)
                .containsExactly(null, Duration.ofSeconds(5));
    }

    @Test
    void aDeploymentsOwnRetriesCountUnlessTheRequestNamesItsOwn() {
        Deployment a = deployment("g", "a").numRetries(0).build();
        World world = new World().group("g", List.of(a));
        assertThat(world.ask("g").failsThroughout(CUT)).hasSize(1);

        world.numRetries = 1;
        world.requestNamesRetries = true;
        assertThat(world.ask("g").failsThroughout(CUT)).hasSize(2);
    }

    @Test
    void theRequestsOwnRetriesCountEvenIfTheRouterSaysTheSame() {
        Deployment a = deployment("g", "a").numRetries(5).build();
        World world = new World().group("g", List.of(a));
        world.numRetries = 2;
        world.requestNamesRetries = true;

        assertThat(world.ask("g").failsThroughout(CUT)).hasSize(3);
    }

    @Test
    void aDeploymentsOwnRetriesMayBeMoreThanTheRouters() {
        Deployment a = deployment("g", "a").numRetries(9).build();
        World world = new World().group("g", List.of(a));

        assertThat(world.ask("g").failsThroughout(CUT)).hasSize(10);
    }
}
