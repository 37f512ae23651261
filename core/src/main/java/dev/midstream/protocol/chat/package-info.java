/**
 * OpenAI Chat Completions, on both sides.
 *
 * <p>{@link dev.midstream.protocol.chat.ChatProtocol} is the door. Toward upstreams: {@code
 * ChatRequestSplicer} edits the client's own bytes, {@code ChatRequestWriter} writes a request of
 * another protocol anew; {@code ChatStreamDecoder} reads the events of an answer ({@code
 * ChunkReader} its JSON, {@code ChunkEvents} what it means), {@code ChatBodyDecoder} a plain one.
 * Toward clients: {@code ChatRequestReader} reads bodies, {@code ChatStreamEncoder} writes streams,
 * {@code ChatAssembler} plain answers.
 *
 * <p>What providers do differently from OpenAI is met here and is invisible elsewhere. No other
 * protocol may enter.
 *
 * <p><b>Source</b>: OpenAI's API reference and SDKs, and the references of the providers named at
 * each deviation (read 2026-11).
 */
@NullMarked
package dev.midstream.protocol.chat;

import org.jspecify.annotations.NullMarked;
