package dev.midstream.gateway.cli;

import dev.midstream.config.Configuration;
import dev.midstream.config.InvalidConfiguration;
import dev.midstream.gateway.reload.ConfigurationFiles;
import dev.midstream.gateway.reload.ConfigurationFiles.Result;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A configuration's file, read with the environment of this process. */
final class ConfigurationFile {

    /** {@code --config}, for a command that cannot do without it. */
    static final Option REQUIRED =
            Option.valued("FILE", "The configuration, in LiteLLM's format.", "-c", "--config")
                    .asRequired();

    private ConfigurationFile() {}

    /**
     * @throws CannotStart if there is no such file, or it cannot be read
     */
    static Configuration read(Path file) throws InvalidConfiguration {
        return switch (new ConfigurationFiles(file, System::getenv).read()) {
            case Result.Usable usable -> usable.configuration();
            case Result.Wrong wrong -> throw wrong.invalid();
            case Result.Unreadable unreadable -> throw unreadable(file, unreadable.cause());
        };
    }

    static CannotStart unreadable(Path file, IOException cause) {
        return new CannotStart(
                cause instanceof NoSuchFileException
                        ? "there is no file " + file + ", expected a LiteLLM config.yaml"
                        : "the file " + file + " cannot be read: " + cause.getMessage());
    }
}
