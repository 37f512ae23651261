package dev.midstream.config;

import java.io.IOException;

/** Reads the files that a configuration names: includes and credentials. */
@FunctionalInterface
public interface FileReader {

    /**
     * @param path as the configuration has it; an include's is taken from the folder of the file
     *     that names it
     * @throws IOException if there is none or it cannot be read; its message is shown
     */
    String read(String path) throws IOException;
}
