package dev.midstream.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Draft;
import dev.midstream.model.Request;
import dev.midstream.model.Target;
import dev.midstream.protocol.ClientProtocol;
import dev.midstream.protocol.InvalidRequest;
import dev.midstream.protocol.Untranslatable;
import dev.midstream.protocol.UpstreamProtocol;
import dev.midstream.protocol.chat.ChatProtocol;
import dev.midstream.protocol.messages.MessagesProtocol;
import dev.midstream.protocol.responses.ResponsesProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

final class EveryPairOfProtocolsTest {

    private static final Path FILES = Path.of("src/test/resources/dev/midstream/pairs");
    private static final boolean WRITE = "write".equals(System.getProperty("goldens"));
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final List<String> PROTOCOLS = List.of("chat", "messages", "responses");
    private static final Map<String, Target> TARGETS =
            Map.of(
                    "chat", target("openai", "gpt-5-mini", ChatProtocol.NAME, "openai/1"),
                    "messages",
                            target(
                                    "anthropic",
                                    "claude-sonnet-4-6",
                                    MessagesProtocol.NAME,
                                    "claude"),
                    "responses", target("openai", "gpt-5", ResponsesProtocol.NAME, "openai/1"));

    private static Target target(String provider, String model, String protocol, String origin) {
        return new Target(
                "d1", "group", provider, model, protocol, origin, Map.of(), false, List.of(),
                List.of());
    }

    private static ClientProtocol client(String name) {
        return switch (name) {
            case "chat" -> new ChatProtocol();
            case "messages" -> new MessagesProtocol();
            case "responses" -> new ResponsesProtocol();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static UpstreamProtocol upstream(String name) {
        return switch (name) {
            case "chat" -> new ChatProtocol();
            case "messages" -> new MessagesProtocol();
            case "responses" -> new ResponsesProtocol();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @TestFactory
    Stream<DynamicTest> requestsAreSaidInTheUpstreamsProtocol() {
        return pairs().flatMap(
                        pair ->
                                cases("requests", pair.client)
                                        .map(
                                                name ->
                                                        DynamicTest.dynamicTest(
                                                                pair + ": " + name,
                                                                () -> request(pair, name))));
    }

    @TestFactory
    Stream<DynamicTest> answersAreSaidInTheClientsProtocol() {
        return pairs().flatMap(
                        pair ->
                                cases("answers", pair.upstream)
                                        .flatMap(
                                                name ->
                                                        Stream.of(
                                                                DynamicTest.dynamicTest(
                                                                        pair + ": " + name,
                                                                        () -> stream(pair, name)),
                                                                DynamicTest.dynamicTest(
                                                                        pair + ": " + name
                                                                                + ", plain",
                                                                        () -> plain(pair, name)))));
    }

    @Test
    void everyCaseIsThereInEveryProtocol() {
        for (String kind : List.of("requests", "answers")) {
            List<String> inChat = cases(kind, "chat").toList();
            assertThat(inChat).hasSizeGreaterThan(4);
            assertThat(cases(kind, "messages").toList()).isEqualTo(inChat);
            assertThat(cases(kind, "responses").toList()).isEqualTo(inChat);
        }
    }

    private record Pair(String client, String upstream) {
        @Override
        public String toString() {
            return client + " over " + upstream;
        }
    }

    private static Stream<Pair> pairs() {
        return PROTOCOLS.stream()
                .flatMap(client -> PROTOCOLS.stream().map(upstream -> new Pair(client, upstream)));
    }

    private static Stream<String> cases(String kind, String protocol) {
        try (Stream<Path> files = Files.list(FILES.resolve(kind))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("." + protocol + "."))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // -------------------------------------------------------------------------------- one case

    private static void request(Pair pair, String name) throws InvalidRequest {
        Request request =
                client(pair.client).parse(read("requests", name + "." + pair.client + ".json"));
        String sent;
        try {
            byte[] body =
                    upstream(pair.upstream)
                            .encode(
                                    Draft.original(request, request.stream()),
                                    TARGETS.get(pair.upstream));
            sent = pretty(body);
        } catch (Untranslatable refused) {
            sent = "refused: " + refused.param() + ": " + refused.getMessage() + "\n";
        }
        check(pair, name + ".request.json", sent);
    }

    private static void stream(Pair pair, String name) throws InvalidRequest {
        check(pair, name + ".stream.sse", carried(pair, name, true));
    }

    private static void plain(Pair pair, String name) throws InvalidRequest {
        byte[] body = carried(pair, name, false).getBytes(StandardCharsets.UTF_8);
        check(pair, name + ".plain.json", pretty(body));
    }

    private static String carried(Pair pair, String name, boolean stream) throws InvalidRequest {
        String asking = "{\"model\":\"group\",\"stream\":" + stream + ",";
        String rest =
                switch (pair.client) {
                    case "responses" ->
                            "\"input\":\"Go on\",\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{}}]}";
                    case "messages" ->
                            "\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":\"Go on\"}]}";
                    default ->
                            "\"stream_options\":"
                                    + (stream ? "{\"include_usage\":true}" : "null")
                                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"Go on\"}]}";
                };
        ClientProtocol client = client(pair.client);
        Request request = client.parse((asking + rest).getBytes(StandardCharsets.UTF_8));
        byte[] answer = read("answers", name + "." + pair.upstream + ".sse");
        return Carrying.through(
                client, request, upstream(pair.upstream), TARGETS.get(pair.upstream), answer);
    }

    // ----------------------------------------------------------------------------------- files

    private static byte[] read(String kind, String file) {
        try {
            return Files.readAllBytes(FILES.resolve(kind).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pretty(byte[] json) {
        try {
            return JSON.writeValueAsString(JSON.readTree(json)) + "\n";
        } catch (JacksonException notJson) {
            return new String(json, StandardCharsets.UTF_8);
        }
    }

    private static void check(Pair pair, String name, String actual) {
        Path file =
                FILES.resolve("expected").resolve(pair.client + "-" + pair.upstream).resolve(name);
        try {
            if (WRITE) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertThat(actual).as("%s", file).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
