package dev.midstream.gateway.drill;

import dev.midstream.gateway.drill.Line.Link;
import dev.midstream.testkit.Step;
import dev.midstream.testkit.scenario.Part;
import dev.midstream.testkit.scenario.Role;
import dev.midstream.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which deployments of a line play what in a scenario. Immutable.
 *
 * @param players in the order of the walk; whoever is not needed is left out
 * @param absent parts for which the line has nobody
 */
record Casting(Line line, Scenario scenario, List<Player> players, List<String> absent) {

    Casting {
        players = List.copyOf(players);
        absent = List.copyOf(absent);
    }

    /** One deployment and its part. */
    record Player(Link link, Part part) {}

    /** The first of the walk is the primary, a twin is of its group, the next ones are the rest. */
    static Casting of(Line line, Scenario scenario) {
        List<Link> left = new ArrayList<>(line.links());
        List<Player> players = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        String own = left.getFirst().group();
        for (Role role : Role.values()) {
            Part part = scenario.parts().get(role);
            if (part == null) {
                continue;
            }
            Optional<Link> link = player(role, own, left);
            link.ifPresent(left::remove);
            link.ifPresentOrElse(
                    who -> players.add(new Player(who, part)), () -> absent.add(role.word()));
        }
        return new Casting(line, scenario, players, absent);
    }

    private static Optional<Link> player(Role role, String own, List<Link> left) {
        return left.stream()
                .filter(link -> role != Role.TWIN || link.group().equals(own))
                .findFirst();
    }

    /** Each deployment behind the second once, as the only one that is well. */
    static List<Casting> ofEachHop(Line line) {
        List<Casting> castings = new ArrayList<>();
        for (int last = 2; last < line.links().size(); last++) {
            castings.add(ofHop(line, last));
        }
        return castings;
    }

    private static Casting ofHop(Line line, int last) {
        List<Player> players = new ArrayList<>();
        players.add(new Player(line.links().getFirst(), Part.broken(40, new Step.Cut())));
        for (int i = 1; i < last; i++) {
            Part down = Part.error(503, "overloaded_error", "Overloaded, try again later.");
            players.add(new Player(line.links().get(i), down));
        }
        Link well = line.links().get(last);
        players.add(new Player(well, Part.essay()));
        String phase = "after 40 words, of the others only %s is well".formatted(well.label());
        return new Casting(line, Scenario.of("connection reset", phase), players, List.of());
    }

    /** What was set for this rehearsal, clocks included. */
    List<String> settings() {
        List<String> settings = new ArrayList<>(scenario.router());
        players.stream()
                .flatMap(player -> Arrays.stream(player.part().params().split(", ")))
                .filter(param -> !param.isEmpty() && !param.startsWith("order"))
                .forEach(settings::add);
        players.stream()
                .map(player -> player.part().info())
                .filter(info -> !info.isEmpty())
                .forEach(settings::add);
        return settings;
    }
}
