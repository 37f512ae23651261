package dev.midstream.gateway.cli;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A configuration's file, read with the environment of this process. */
final class ConfigurationFile {

    private ConfigurationFile() {}

    /**
     * @throws CannotStart if there is no such file, or it cannot be read
     */
    static Configuration read(Path file) throws InvalidConfiguration {
        try {
            return new ConfigurationReader(System::getenv, path -> Files.readString(Path.of(path)))
                    .read(file.toString(), Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw new CannotStart("there is no file " + file + ", expected a LiteLLM config.yaml");
        } catch (IOException e) {
            throw new CannotStart("the file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
