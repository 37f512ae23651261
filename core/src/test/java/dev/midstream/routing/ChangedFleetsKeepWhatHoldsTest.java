package dev.midstream.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import dev.midstream.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangedFleetsKeepWhatHoldsTest {

    @Test
    void aCooldownGoesOnWhereNothingOfTheDeploymentChanged() {
        World world = cooled();
        Fleet changed = with(world, key("sk-1"));
        assertThat(changed.snapshot(world.now).getFirst().cooledFor()).isNotNull();
    }

    @Test
    void anotherKeyBeginsAnew() {
        World world = cooled();
        Fleet changed = with(world, key("sk-2"));
        assertThat(changed.snapshot(world.now).getFirst().cooledFor()).isNull();
        assertThat(world.fleet().snapshot(world.now).getFirst().cooledFor()).isNotNull();
    }

    @Test
    void whoRunsIsCountedOn() {
        World world = new World().group("g", List.of(key("sk-1")));
        Walk walk = world.ask("g").asks("a");
        Fleet changed = with(world, key("sk-1"));
        assertThat(changed.snapshot(world.now).getFirst().inFlight()).isEqualTo(1);
        walk.succeeds();
        assertThat(changed.snapshot(world.now).getFirst().inFlight()).isZero();
    }

    private static World cooled() {
        World world = new World().group("g", List.of(key("sk-1")));
        world.ask("g").asks("a").fails(World.error(ErrorClass.AUTHENTICATION, 401));
        return world;
    }

    private static Deployment key(String key) {
        return World.deployment("g", "a")
                .credential(new Credential.Header("authorization", "Bearer ", Secret.of(key)))
                .build();
    }

    private static Fleet with(World world, Deployment deployment) {
        ModelGroup group = new ModelGroup("g", List.of(deployment), List.of(), SettingsPatch.EMPTY);
        RouterConfig config =
                new RouterConfig(
                        List.of(group),
                        Map.of(),
                        List.of(),
                        world.settings(),
                        world.cooldown,
                        null,
                        Duration.ZERO);
        return new Fleet(config, world.fleet());
    }
}
