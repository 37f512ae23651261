package dev.midstream.gateway.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, by its digest: enough to see that it has changed. Immutable.
 *
 * @param digest of the content; a word where there is none
 * @param key the file itself, whatever its name: another one after a rename or behind a link that
 *     was turned; null where the system tells none
 */
record FilePrint(
        String digest, @Nullable FileTime modified, long size, @Nullable Object key, Instant at) {

    /** Two changes within that time may leave the same time behind. */
    private static final Duration BLUR = Duration.ofSeconds(2);

    /** Of content that was read just now. */
    static FilePrint of(byte[] content) {
        return new FilePrint(digest(content), null, -1, null, Instant.now());
    }

    static FilePrint absent() {
        return new FilePrint("absent", null, -1, null, Instant.now());
    }

    /** What is there now; the content is read only where it may have changed. */
    static FilePrint now(Path file, FilePrint before) {
        Instant at = Instant.now();
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            if (before.stands(is)) {
                return before;
            }
            String digest =
                    is.isRegularFile() ? digest(Files.readAllBytes(file)) : "not a regular file";
            return new FilePrint(digest, is.lastModifiedTime(), is.size(), is.fileKey(), at);
        } catch (IOException unreadable) {
            return absent();
        }
    }

    private boolean stands(BasicFileAttributes is) {
        return modified != null
                && modified.equals(is.lastModifiedTime())
                && modified.toInstant().plus(BLUR).isBefore(at)
                && size == is.size()
                && Objects.equals(key, is.fileKey());
    }

    boolean sameContent(FilePrint other) {
        return digest.equals(other.digest);
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
