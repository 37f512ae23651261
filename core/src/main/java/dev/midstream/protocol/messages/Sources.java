package dev.midstream.protocol.messages;

import dev.midstream.model.Part;
import dev.midstream.protocol.Untranslatable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of images and documents come from: inline as base64, or a URL that the provider
 * fetches.
 *
 * <p><b>Source</b>: Anthropic's pages on vision and PDF support (read 2026-11): images as JPEG,
 * PNG, GIF and WebP, documents as PDF and plain text; http(s) URLs.
 */
final class Sources {

    private Sources() {}

    /** The image with either base64 and its media type, or an http(s) URL. */
    static Part.Image checked(Part.Image image, String path, Limits limits) throws Untranslatable {
        Inline inline = inline(image.url(), image.base64(), image.mediaType());
        if (inline != null) {
            if (!inline.mediaType.startsWith("image/")) {
                throw limits.refusal(
                        path + ".content",
                        "an inline image needs base64 data and an image's media type");
            }
            return new Part.Image(
                    null, inline.base64, inline.mediaType, null, image.cacheControl());
        }
        if (!fetchable(image.url())) {
            throw limits.refusal(path + ".content", "an image is a data: or an http(s) URL");
        }
        return new Part.Image(image.url(), null, null, null, image.cacheControl());
    }

    /**
     * The document with either base64 and a media type of PDF or text, an http(s) URL, or a file's
     * id.
     */
    static Part.Document checked(Part.Document document, String path, Limits limits, boolean ours)
            throws Untranslatable {
        if (document.fileId() != null) {
            if (!ours) {
                throw limits.refusal(
                        path + ".content", "an uploaded file is known only where it was uploaded");
            }
            return document;
        }
        Inline inline = inline(document.url(), document.base64(), document.mediaType());
        if (inline != null) {
            if (!inline.mediaType.equals("application/pdf") && !isText(inline.mediaType)) {
                throw limits.refusal(
                        path + ".content",
                        "a document is a PDF or text, not `" + inline.mediaType + "`");
            }
            if (isText(inline.mediaType) && text(inline.base64) == null) {
                throw limits.refusal(path + ".content", "its data is not base64");
            }
            return document(document, null, inline);
        }
        if (!fetchable(document.url())) {
            throw limits.refusal(path + ".content", "a document is inline or an http(s) URL");
        }
        return document(document, document.url(), null);
    }

    static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || mediaType.equals("application/json");
    }

    /** The text that a base64 text holds, null if it is not base64. */
    static @Nullable String text(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static Part.Document document(
            Part.Document document, @Nullable String url, @Nullable Inline inline) {
        return new Part.Document(
                url,
                inline == null ? null : inline.base64,
                null,
                inline == null ? null : inline.mediaType,
                document.name(),
                document.cacheControl());
    }

    private static @Nullable Inline inline(
            @Nullable String url, @Nullable String base64, @Nullable String mediaType) {
        if (base64 != null && !base64.startsWith("data:")) {
            return new Inline(normal(mediaType == null ? "application/pdf" : mediaType), base64);
        }
        String data = base64 != null ? base64 : url;
        if (data == null || !data.startsWith("data:")) {
            return null;
        }
        int comma = data.indexOf(',');
        String head = comma < 0 ? "" : data.substring("data:".length(), comma);
        return head.endsWith(";base64")
                ? new Inline(normal(head), data.substring(comma + 1))
                : new Inline("", "");
    }

    private static String normal(String mediaType) {
        int parameters = mediaType.indexOf(';');
        String bare = parameters < 0 ? mediaType : mediaType.substring(0, parameters);
        String lower = bare.strip().toLowerCase(Locale.ROOT);
        return lower.equals("image/jpg") ? "image/jpeg" : lower;
    }

    private static boolean fetchable(@Nullable String url) {
        return url != null && (url.startsWith("https://") || url.startsWith("http://"));
    }

    private record Inline(String mediaType, String base64) {}
}
