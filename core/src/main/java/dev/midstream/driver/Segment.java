package dev.midstream.driver;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A provider's identifier as one segment of a path. */
public final class Segment {

    private Segment() {}

    /** Percent-encoded where it must be; nothing in it can leave the segment. */
    public static String of(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.equals(".") || encoded.equals("..") ? encoded.replace(".", "%2E") : encoded;
    }
}
