package dev.midstream.gateway.reload;

import dev.midstream.config.Configuration;
import dev.midstream.config.Diagnostic;
import dev.midstream.gateway.reload.ConfigurationFiles.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a configuration in the place of the one that is served, when its files have changed.
 *
 * <p>What stands still for one look is read: an editor may have written half of a file. What was
 * wrong is not read again until it changes.
 *
 * <p><b>Thread-safety</b>: thread-safe; one change after the other.
 */
public final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger(Reloads.class);

    /** Serves configurations. */
    public interface Server {

        /**
         * Serves this from now on.
         *
         * @return what of it counts only after a restart, in words
         * @throws IllegalStateException if it may not be served; nothing has changed then
         */
        List<String> serve(Configuration configuration);

        /** A configuration cannot be used; without secrets. */
        void refused(List<String> errors);
    }

    private final ConfigurationFiles files;
    private final Server server;
    private final Set<String> warned = new HashSet<>();
    private FilePrints tried;
    private FilePrints seen;
    private boolean keyed;

    /**
     * @param first what is served already
     */
    public Reloads(ConfigurationFiles files, Result.Usable first, Server server) {
        this.files = files;
        this.server = server;
        this.tried = first.files();
        this.seen = tried;
        this.keyed = first.configuration().general().masterKey() != null;
        first.configuration().warnings().forEach(warning -> warned.add(gist(warning)));
    }

    /** Looks whether a file has changed; reads all of them once they stand still. */
    public synchronized void look() {
        FilePrints now = seen.now();
        boolean still = now.sameContent(seen);
        seen = now;
        if (still && !now.sameContent(tried)) {
            reload();
        }
    }

    /** Reads all files, changed or not. */
    public synchronized void reload() {
        Result result = files.read();
        tried = result.files();
        seen = tried;
        switch (result) {
            case Result.Usable usable -> serve(usable.configuration());
            case Result.Wrong wrong ->
                    refused(
                            wrong.invalid().diagnostics().stream()
                                    .filter(d -> d.severity() == Diagnostic.Severity.ERROR)
                                    .map(Diagnostic::toString)
                                    .toList());
            case Result.Unreadable unreadable ->
                    refused(List.of("the file cannot be read: " + unreadable.cause().getMessage()));
        }
    }

    private void serve(Configuration configuration) {
        List<String> restart;
        try {
            restart = server.serve(configuration);
        } catch (IllegalStateException refused) {
            refused(List.of(String.valueOf(refused.getMessage())));
            return;
        } catch (RuntimeException bug) {
            LOG.error("the changed configuration cannot be served", bug);
            refused(List.of("the gateway failed to take it over"));
            return;
        }
        LOG.info("the changed configuration is served; what runs goes on by the former one");
        restart.forEach(what -> LOG.warn("counts only after a restart: {}", what));
        boolean wasKeyed = keyed;
        keyed = configuration.general().masterKey() != null;
        if (wasKeyed && !keyed) {
            LOG.warn("there is no master key any more: whoever reaches the gateway may ask");
        }
        configuration.warnings().stream()
                .filter(warning -> !warned.contains(gist(warning)))
                .forEach(warning -> LOG.warn("{}", warning));
        warned.clear();
        configuration.warnings().forEach(warning -> warned.add(gist(warning)));
    }

    private void refused(List<String> errors) {
        LOG.error("the changed configuration cannot be used; the former one is served on");
        errors.forEach(error -> LOG.error("{}", error));
        server.refused(errors);
    }

    /** A warning that has only moved is no new one. */
    private static String gist(Diagnostic warning) {
        return warning.file() + ": " + warning.message();
    }
}
