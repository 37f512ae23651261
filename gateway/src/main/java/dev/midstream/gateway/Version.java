package dev.midstream.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.jar.Manifest;

/** What the manifest of the jar that runs says. */
public final class Version {

    private static final String TITLE = "Midstream gateway";

    private Version() {}

    /** {@code development} where no jar runs. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "development");
    }

    /** With the commit, where the build knew it, and the Java that runs it. */
    public static String inFull() {
        String commit = commit();
        return current()
                + (commit.isEmpty() ? "" : " (" + commit + ")")
                + ", Java "
                + Runtime.version();
    }

    /** Empty where nobody told the build. */
    private static String commit() {
        try (InputStream file = Version.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            Manifest manifest = file == null ? new Manifest() : new Manifest(file);
            boolean ours =
                    TITLE.equals(manifest.getMainAttributes().getValue("Implementation-Title"));
            String commit = manifest.getMainAttributes().getValue("Midstream-Commit");
            return ours && commit != null ? commit.strip() : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
