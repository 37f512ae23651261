package dev.midstream.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What lets reasoning be taken back by whoever made it: Anthropic's signature, redacted thinking,
 * OpenAI's encrypted content. Opaque; goes back unaltered, and only where {@code origin} says.
 *
 * @param origin who can read it: {@link #CLAUDE}, a {@linkplain Target#origin() target's origin},
 *     or empty where the client got it from somewhere else than us
 * @param data the provider's own characters
 */
public record Seal(String origin, String data) {

    /** The origin of what any home of Claude can read (Anthropic, Vertex AI, Bedrock, Azure AI). */
    public static final String CLAUDE = "claude";

    private static final String MARK = "ms1.";

    /**
     * The form in which a client keeps it.
     *
     * @param bare the origin whose data the client's protocol shows as it is; any other is named in
     *     front of it
     */
    public String written(String bare) {
        if (origin.equals(bare) || origin.isEmpty()) {
            return data;
        }
        byte[] name = origin.getBytes(StandardCharsets.UTF_8);
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(name) + "." + data;
    }

    /**
     * Reads back what {@link #written} made.
     *
     * @param bare the origin of data that names none
     */
    public static Seal read(String written, String bare) {
        int dot = written.indexOf('.', MARK.length());
        if (!written.startsWith(MARK) || dot < 0) {
            return new Seal(bare, written);
        }
        try {
            byte[] name = Base64.getUrlDecoder().decode(written.substring(MARK.length(), dot));
            return new Seal(new String(name, StandardCharsets.UTF_8), written.substring(dot + 1));
        } catch (IllegalArgumentException notOurs) {
            return new Seal(bare, written);
        }
    }

    /** Whether a target may be shown it. */
    public boolean fits(Target target) {
        return origin.isEmpty() || origin.equals(target.origin());
    }
}
