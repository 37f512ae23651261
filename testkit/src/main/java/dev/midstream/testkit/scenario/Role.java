package dev.midstream.testkit.scenario;

import java.util.Locale;

/** The deployments of a scenario: clients ask the group {@code primary}. */
public enum Role {
    /** Whom clients ask. */
    PRIMARY("primary"),
    /** The other deployment of the primary's group. */
    TWIN("primary"),
    /** The group after the first one. */
    FALLBACK("fallback"),
    /** The group after that. */
    THIRD("third");

    private final String group;

    Role(String group) {
        this.group = group;
    }

    /** The model group that it belongs to. */
    public String group() {
        return group;
    }

    /** Its own name, which the provider's ids begin with. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its credential, which nobody but its provider may see. */
    public String key() {
        return "sk-" + word() + "-4f1c9a7d";
    }
}
