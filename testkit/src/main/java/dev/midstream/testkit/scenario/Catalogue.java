package dev.midstream.testkit.scenario;

import java.util.List;
import java.util.stream.Stream;

/** All scenarios, in the order in which the failure matrix shows them. */
public final class Catalogue {

    private Catalogue() {}

    /** Every one of them. */
    public static List<Scenario> all() {
        return Stream.of(
                        BeforeTheFirstContent.all(),
                        AroundTheCommit.all(),
                        InTheMiddleOfText.all(),
                        PlacesInText.all(),
                        BadContinuations.all(),
                        InsideStructures.all(),
                        HealthyButOdd.all(),
                        ByConfiguration.all())
                .flatMap(List::stream)
                .toList();
    }
}
