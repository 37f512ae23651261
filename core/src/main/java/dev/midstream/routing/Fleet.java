package dev.midstream.routing;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Being written: all model groups and what is known of their deployments. */
public final class Fleet {

    public Fleet(RouterConfig config) {}

    /** The group of this name, aliases and deployment ids included. */
    public Optional<ModelGroup> group(String name) {
        throw new UnsupportedOperationException();
    }

    /** The names to list for clients, hidden aliases left out, in the order of the configuration. */
    public List<String> names() {
        throw new UnsupportedOperationException();
    }

    /** Known names that look like this one, nearest first, at most three. */
    public List<String> similar(String name) {
        throw new UnsupportedOperationException();
    }

    /** @param settings the request's, everything decided */
    public Plan plan(ModelGroup group, Settings settings, RandomGenerator random, long now) {
        throw new UnsupportedOperationException();
    }
}
