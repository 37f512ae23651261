package dev.midstream.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.testkit.SseClient;
import dev.midstream.testkit.scenario.Scenario;
import dev.midstream.testkit.scenario.Seen;
import dev.midstream.testkit.scenario.Wire;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The clients that a scenario is played with: a protocol, and a way of reading. */
enum Client {
    CHAT_STREAM(Wire.CHAT, Reading.STREAM),
    CHAT_PLAIN(Wire.CHAT, Reading.PLAIN),
    CHAT_LIBRARY(Wire.CHAT, Reading.LIBRARY),
    MESSAGES_STREAM(Wire.MESSAGES, Reading.STREAM),
    MESSAGES_PLAIN(Wire.MESSAGES, Reading.PLAIN),
    MESSAGES_LIBRARY(Wire.MESSAGES, Reading.LIBRARY),
    RESPONSES_STREAM(Wire.RESPONSES, Reading.STREAM),
    RESPONSES_PLAIN(Wire.RESPONSES, Reading.PLAIN),
    RESPONSES_LIBRARY(Wire.RESPONSES, Reading.LIBRARY);

    /** How an answer is read. */
    enum Reading {
        /** As a stream off a bare socket, each event of it judged. */
        STREAM,
        /** As one document, which the official library has to find valid. */
        PLAIN,
        /** As a stream, by the official library for Java and its accumulator. */
        LIBRARY
    }

    static final List<Client> ALL = List.of(values());

    private final Wire wire;
    private final Reading reading;

    Client(Wire wire, Reading reading) {
        this.wire = wire;
        this.reading = reading;
    }

    /** The protocols that are spoken. */
    static List<Wire> wires() {
        return ALL.stream().map(Client::wire).distinct().toList();
    }

    static Stream<Client> speaking(Wire wire) {
        return ALL.stream().filter(client -> client.wire() == wire);
    }

    Wire wire() {
        return wire;
    }

    Reading reading() {
        return reading;
    }

    boolean stream() {
        return reading != Reading.PLAIN;
    }

    /** Asks and reads to the end. */
    Seen ask(World world, Scenario scenario) {
        Talk talk = Talk.in(wire);
        String request = talk.request(scenario, stream());
        return switch (reading) {
            case STREAM, PLAIN -> bare(world, talk, request, scenario.headers());
            case LIBRARY -> talk.throughLibrary(world, request, scenario.headers());
        };
    }

    private Seen bare(World world, Talk talk, String request, Map<String, String> headers) {
        SseClient client = world.ask(talk.path(), request, headers);
        int status = client.awaitHead(World.PATIENCE).status();
        assertThat(client.awaitEnd(World.PATIENCE)).isEqualTo(SseClient.End.CLEAN);
        if (status != 200) {
            return Seen.refused(status, World.JSON.readTree(client.text()).path("error"));
        }
        return stream() ? talk.stream(client.body()) : talk.document(client.text());
    }
}
