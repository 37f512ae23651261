package dev.midstream.gateway.reload;

import dev.midstream.config.Configuration;
import dev.midstream.config.ConfigurationReader;
import dev.midstream.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A configuration's file, and all the files that it names. Thread-safe. */
public final class ConfigurationFiles {

    private final Path root;
    private final Function<String, @Nullable String> environment;

    /**
     * @param environment gives an environment variable, or null
     */
    public ConfigurationFiles(Path root, Function<String, @Nullable String> environment) {
        this.root = root;
        this.environment = environment;
    }

    /** What came of reading them. */
    public sealed interface Result {

        /**
         * @param files what it was read from
         */
        record Usable(Configuration configuration, FilePrints files) implements Result {}

        /** Something is wrong with it. */
        record Wrong(InvalidConfiguration invalid, FilePrints files) implements Result {}

        /** The file itself cannot be read. */
        record Unreadable(IOException cause, FilePrints files) implements Result {}

        FilePrints files();
    }

    /** Reads all of it. */
    public Result read() {
        Map<Path, FilePrint> read = new LinkedHashMap<>();
        try {
            String text = read(root, read);
            ConfigurationReader reader =
                    new ConfigurationReader(environment, path -> named(path, read));
            Configuration configuration = reader.read(root.toString(), text);
            return new Result.Usable(configuration, new FilePrints(read));
        } catch (InvalidConfiguration invalid) {
            return new Result.Wrong(invalid, new FilePrints(read));
        } catch (IOException e) {
            return new Result.Unreadable(e, new FilePrints(read));
        }
    }

    private static String read(Path file, Map<Path, FilePrint> read) throws IOException {
        read.put(file, FilePrint.absent());
        byte[] content = Files.readAllBytes(file);
        if (Files.isRegularFile(file)) {
            read.put(file, FilePrint.of(content));
        } else {
            read.remove(file);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    /** A file that another one names: that one's place is told, so this one's name is enough. */
    private static String named(String path, Map<Path, FilePrint> read) throws IOException {
        try {
            return read(Path.of(path), read);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        } catch (InvalidPathException noPath) {
            throw new IOException("no file can have that name", noPath);
        }
    }

    /** Whether it can be read more than once: a pipe cannot. */
    public boolean canBeReadAgain() {
        return Files.isRegularFile(root);
    }
}
