package dev.midstream.routing;

import static dev.midstream.routing.World.CUT;
import static dev.midstream.routing.World.REFUSED;
import static dev.midstream.routing.World.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.ErrorClass;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Only the failure that began a cooldown, or made it longer, says so. */
class CooldownsAreToldByWhoBroughtThemTest {

    private final World world = new World().group("g", "a", "f").group("f", "x");

    @Test
    void theFailureThatBeginsIt() {
        assertThat(world.ask("g").asks("a").cools(REFUSED)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void notOneThatIsLetPass() {
        assertThat(world.ask("g").asks("a").cools(CUT)).isNull();
    }

    @Test
    void notOneThatFindsItLongEnough() {
        Walk early = world.ask("g").asks("a");
        world.ask("g").asks("a").fails(error(ErrorClass.OVERLOADED, 503, Duration.ofSeconds(40)));

        assertThat(early.cools(error(ErrorClass.OVERLOADED, 503, Duration.ofSeconds(40)))).isNull();
        assertThat(world.ask("g").asks("x").cools(CUT)).isNull();
    }

    @Test
    void theOneThatMakesItLonger() {
        Walk early = world.ask("g").asks("a");
        world.ask("g").asks("a").fails(REFUSED);

        assertThat(early.cools(error(ErrorClass.RATE_LIMIT, 429, Duration.ofSeconds(30))))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void notTheRequestItself() {
        assertThat(world.ask("g").asks("a").cools(error(ErrorClass.BAD_REQUEST, 400))).isNull();
    }

    @Test
    void notWhereCooldownsAreOff() {
        world.cooldown = Duration.ZERO;

        assertThat(world.ask("g").asks("a").cools(REFUSED)).isNull();
    }
}
