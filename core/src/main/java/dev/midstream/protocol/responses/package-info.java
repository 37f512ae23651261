/**
 * OpenAI's Responses API, on both sides.
 *
 * <p>{@link dev.midstream.protocol.responses.ResponsesProtocol} is the door.
 *
 * <p>No other protocol may enter.
 *
 * <p><b>Source</b>: OpenAI's API reference and SDKs (read 2026-11).
 */
@NullMarked
package dev.midstream.protocol.responses;

import org.jspecify.annotations.NullMarked;
