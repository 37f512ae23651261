package dev.midstream.gateway;

import java.util.Objects;

/** The version in the manifest of the jar that runs. */
public final class Version {

    private Version() {}

    /** {@code development} where no jar runs. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "development");
    }
}
