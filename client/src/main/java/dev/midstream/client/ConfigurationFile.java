package dev.midstream.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads configuration files, and those that they name. */
final class ConfigurationFile {

    private ConfigurationFile() {}

    /**
     * @throws IOException with a message for people: its place is told by whoever asked
     */
    static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        }
    }

    /** The same of a file that another one names. */
    static String read(String file) throws IOException {
        try {
            return read(Path.of(file));
        } catch (InvalidPathException noPath) {
            throw new IOException("no file can have that name", noPath);
        }
    }
}
