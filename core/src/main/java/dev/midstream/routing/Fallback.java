package dev.midstream.routing;

import java.util.List;
import java.util.stream.Stream;

/**
 * A group that is asked after another one.
 *
 * @param model a group's name, an alias or a deployment's id
 * @param variant how the request is altered for it, and for the groups that follow upon it
 */
public record Fallback(String model, Variant variant) {

    /** Groups that are asked the request as it came. */
    public static List<Fallback> to(String... models) {
        return Stream.of(models).map(model -> new Fallback(model, Variant.NONE)).toList();
    }
}
