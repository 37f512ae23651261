package dev.midstream.protocol.messages;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Claude model takes, told by its name. Immutable.
 *
 * <p>A name with {@code claude} in it but without a version ({@code claude-mythos-preview}) is
 * taken for the newest; a name without {@code claude} (a gateway's alias, another maker's model
 * behind the same protocol) for one of 4.5, which takes the most: every sampling parameter, a
 * thinking budget, a response schema.
 *
 * <p><b>Source</b>: Anthropic's pages on models, extended and adaptive thinking, effort, structured
 * outputs and migration (read 2026-11).
 *
 * @param generation ten times the major version plus the minor one: 45 for Sonnet 4.5
 * @param alwaysThinks whether thinking cannot be switched off
 * @param effortful whether it knew efforts before its generation did (Opus 4.5)
 */
record ClaudeModel(int generation, boolean alwaysThinks, boolean effortful) {

    private static final int NEWEST = 999;
    private static final Pattern VERSION =
            Pattern.compile("claude-(?:[a-z]{1,20}-){0,2}(\\d)(?:[-.](\\d{1,2})(?!\\d))?");

    static ClaudeModel of(String name) {
        boolean alwaysThinks = name.contains("fable") || name.contains("mythos");
        boolean effortful = name.contains("opus-4-5") || name.contains("opus-4.5");
        Matcher version = VERSION.matcher(name);
        if (version.find()) {
            int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
            int generation = Integer.parseInt(version.group(1)) * 10 + minor;
            return new ClaudeModel(generation, alwaysThinks, effortful);
        }
        return new ClaudeModel(known(name) ? NEWEST : 45, alwaysThinks, effortful);
    }

    /** Whether the name tells what the model takes. */
    static boolean known(String name) {
        return name.contains("claude");
    }

    /** Whether the system may speak between the turns of user and assistant. */
    boolean takesSystemTurns() {
        return generation >= 47;
    }

    /** Whether an effort may be given. */
    boolean takesEffort() {
        return generation >= 46 || effortful;
    }

    /** Whether temperature, top_p and top_k may differ from their defaults. */
    boolean takesSampling() {
        return generation < 47;
    }

    /** Whether temperature and top_p may be given together. */
    boolean takesTemperatureWithTopP() {
        return generation < 41;
    }

    boolean thinks() {
        return generation >= 37;
    }

    /** Whether thinking is told by a budget; newer ones decide for themselves. */
    boolean takesBudget() {
        return thinks() && generation < 47;
    }

    /** Whether the model decides how much to think, guided by an effort. */
    boolean thinksAdaptively() {
        return generation >= 46;
    }

    /** Whether it thinks unless told not to. */
    boolean thinksUnasked() {
        return generation >= 50;
    }

    /** Whether an answer can be held to a schema. */
    boolean takesSchema() {
        return generation >= 45;
    }

    /** The nearest effort that the model knows. */
    String effort(String wanted) {
        return switch (wanted) {
            case "none", "minimal", "low" -> "low";
            case "high" -> "high";
            case "xhigh" -> generation >= 47 ? "xhigh" : "high";
            case "max" -> "max";
            default -> "medium";
        };
    }

    /**
     * The limit sent where nobody gave one, for the protocol demands one and whoever gave none
     * wants the whole answer. In tokens; within what every model of its generation can say, and up
     * to 4.4 small enough to leave the prompt its room, because those refuse a prompt and a limit
     * that together exceed the window.
     */
    int defaultMaxTokens() {
        if (generation >= 45) {
            return 32_000;
        }
        return generation >= 35 ? 8_192 : 4_096;
    }
}
