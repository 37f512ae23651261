package dev.midstream.yaml;

/** Something in a file that is not YAML, or not YAML that we read. */
public record YamlProblem(Position at, String message) {}
