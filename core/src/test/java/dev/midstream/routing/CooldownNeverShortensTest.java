package dev.midstream.routing;

import static dev.midstream.routing.World.REFUSED;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CooldownNeverShortensTest {

    private final World world = new World().group("g", "a", "f").group("f", "x");

    private Duration cooledFor() {
        return world.fleet().snapshot(world.now).getFirst().cooledFor();
    }

    @Test
    void byAShorterOne() {
        Walk early = world.ask("g").asks("a");
        world.ask("g").asks("a").fails(error(ErrorClass.OVERLOADED, 503, Duration.ofSeconds(40)));
        early.fails(error(ErrorClass.OVERLOADED, 503, Duration.ofSeconds(2)));

        assertThat(cooledFor()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void byAFailureWithoutAHint() {
        Walk early = world.ask("g").asks("a");
        world.ask("g").asks("a").fails(error(ErrorClass.AUTHENTICATION, 401));
        early.fails(REFUSED);

        assertThat(cooledFor()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void byASuccess() {
        Walk other = world.ask("g").asks("a");
        world.ask("g").asks("a").fails(REFUSED);
        other.succeeds();

        assertThat(cooledFor()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void butALongerOneLengthensIt() {
        Walk early = world.ask("g").asks("a");
        world.ask("g").asks("a").fails(REFUSED);
        early.fails(error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(30)));

        assertThat(cooledFor()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void andNoProviderCanAskForMoreThanAnHour() {
        world.ask("g").asks("a").fails(error(ErrorClass.RATE_LIMIT, 429, Duration.ofDays(9999)));

        assertThat(cooledFor()).isEqualTo(Duration.ofHours(1));
    }
}
