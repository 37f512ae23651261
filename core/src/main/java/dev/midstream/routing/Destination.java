package dev.midstream.routing;

import dev.midstream.model.ErrorClass;
import org.jspecify.annotations.Nullable;

/**
 * A group on a request's way.
 *
 * @param own the alteration that the fallback itself names: what tells two visits to one group
 *     apart
 * @param variant how the request is put to it, all alterations on the way to it included
 * @param namedFor the failure that it was named for, null where it comes after whatever failure
 */
record Destination(ModelGroup group, Variant own, Variant variant, @Nullable ErrorClass namedFor) {

    /** Where a request begins. */
    static Destination first(ModelGroup group) {
        return new Destination(group, Variant.NONE, Variant.NONE, null);
    }

    Destination next(ModelGroup other, Variant named, @Nullable ErrorClass failure) {
        return new Destination(other, named, named.over(variant), failure);
    }
}
