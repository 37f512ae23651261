/**
 * OpenAI's Responses API, on both sides.
 *
 * <p>{@link dev.midstream.protocol.responses.ResponsesProtocol} is the door.
 *
 * <p><b>Toward clients</b>: {@code History} puts what was said before in front of a request, {@code
 * ResponsesRequestReader} reads it ({@code InputReader} its items, {@code DeclaredTools} its
 * tools). {@code ResponsesStreamEncoder} writes the answer: {@code ForwardedEvents} decides what
 * may go as it came ({@code EventScan} finds what has to change in it, {@code RawEvent} changes
 * it), {@code AnswerWriter} tells all else ({@code NewItems} makes its items, {@code ItemEvents}
 * writes their events); both know what the client has been shown as {@code AnswerItems}. {@code
 * ResponsesAssembler} writes plain answers. {@link dev.midstream.protocol.responses.ResponseIds}
 * gives answers ids that tell nobody but us where they are kept; {@link
 * dev.midstream.protocol.responses.KeptResponses} keeps what no provider does.
 *
 * <p><b>Toward upstreams</b>: {@code ResponsesRequestSplicer} edits the client's own bytes, {@code
 * ResponsesRequestWriter} writes a request of another protocol anew ({@code ItemWriter} its
 * conversation), {@code ResponsesDefaults} adds what the configuration says, and {@code
 * OpenAiModel} knows what OpenAI's models differ in. {@code ResponsesStreamDecoder} reads the
 * events of an answer ({@code EventReader} their JSON, {@code ResponseEvents} what they mean),
 * {@code ResponsesPlainDecoder} a plain one.
 *
 * <p>No other protocol may enter.
 *
 * <p><b>Source</b>: OpenAI's API reference and SDKs (read 2026-11).
 */
@NullMarked
package dev.midstream.protocol.responses;

import org.jspecify.annotations.NullMarked;
