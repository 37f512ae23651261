package dev.midstream.testkit.scenario;

import org.jspecify.annotations.Nullable;

/**
 * Something that a request asks for, as further members of it; null in a protocol that has no word
 * for it. Immutable.
 */
public record Wish(@Nullable String chat, @Nullable String messages, @Nullable String responses) {

    static final Wish NOTHING = alike("");

    private static final String PARAMETERS =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
                    + "\"unit\":{\"type\":\"string\"}}}";
    private static final String DOCUMENT =
            "{\"type\":\"object\",\"additionalProperties\":false,"
                    + "\"required\":[\"rule\",\"told_by\",\"coins\",\"carts_lost\",\"place\"],"
                    + "\"properties\":{\"rule\":{\"type\":\"string\"},\"told_by\":{\"type\":\"string\"},"
                    + "\"coins\":{\"type\":\"integer\"},"
                    + "\"carts_lost\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                    + "\"place\":{\"type\":\"object\",\"additionalProperties\":false,"
                    + "\"required\":[\"river\",\"bank\"],\"properties\":{"
                    + "\"river\":{\"type\":\"string\"},\"bank\":{\"type\":\"string\"}}}}}";

    /** A function {@code get_weather(city, unit)} to call. */
    static final Wish WEATHER =
            new Wish(
                    "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                            + "\"parameters\":"
                            + PARAMETERS
                            + "}}]",
                    "\"tools\":[{\"name\":\"get_weather\",\"input_schema\":" + PARAMETERS + "}]",
                    "\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\",\"strict\":false,"
                            + "\"parameters\":"
                            + PARAMETERS
                            + "}]");

    /** Any JSON document; Messages knows documents with a schema only. */
    static final Wish JSON_MODE =
            new Wish(
                    "\"response_format\":{\"type\":\"json_object\"}",
                    null,
                    "\"text\":{\"format\":{\"type\":\"json_object\"}}");

    /** A document as {@link Said#DOCUMENT} is one. */
    static final Wish SCHEMA =
            new Wish(
                    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"rule\","
                            + "\"strict\":true,\"schema\":"
                            + DOCUMENT
                            + "}}",
                    "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":"
                            + DOCUMENT
                            + "}}",
                    "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"rule\",\"strict\":true,"
                            + "\"schema\":"
                            + DOCUMENT
                            + "}}");

    /** To think first. */
    static final Wish REASONING =
            new Wish(
                    "\"reasoning_effort\":\"low\"",
                    "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}",
                    "\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"}");

    /** Two answers, as chat alone knows them. */
    static final Wish TWO_CHOICES = new Wish("\"n\":2", null, null);

    /** To stop before these words; Responses has none. */
    static Wish stop(String words) {
        return new Wish(
                "\"stop\":[\"" + words + "\"]", "\"stop_sequences\":[\"" + words + "\"]", null);
    }

    /** A limit on the answer. */
    public static Wish maxTokens(int most) {
        return new Wish(
                "\"max_tokens\":" + most,
                "\"max_tokens\":" + most,
                "\"max_output_tokens\":" + most);
    }

    /** Spelled the same by all, as what the gateway itself reads. */
    static Wish alike(String members) {
        return new Wish(members, members, members);
    }

    @Nullable String in(Wire wire) {
        return switch (wire) {
            case CHAT -> chat;
            case MESSAGES -> messages;
            case RESPONSES -> responses;
        };
    }
}
