package dev.midstream.config;

import dev.midstream.yaml.Position;
import dev.midstream.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Map;

/**
 * What a program says of a configuration: the tree that a file would hold, made of values, each at
 * its {@linkplain Position#inCode place in words}. Immutable.
 *
 * @param root {@code model_list} and the other sections
 * @param groups settings by group: what a file has in {@code model_info} of any of its deployments
 */
public record InCode(Mapping root, Map<String, Mapping> groups) {

    /** Nothing is said. */
    static final InCode NOTHING =
            new InCode(new Mapping(Position.inCode("", 0), List.of()), Map.of());

    public InCode {
        groups = Map.copyOf(groups);
    }
}
