/**
 * Anthropic's Messages protocol, as Anthropic and Vertex AI serve it for Claude.
 *
 * <p><b>Flow of a request</b>: {@code MessagesProtocol.encode} → {@code Conversation} puts the
 * turns into the order that the protocol demands → {@code Wishes} settles the parameters: the
 * client's, the configuration's, and what a continuation overrides → {@code Thinking} and {@code
 * ClaudeModel} say what this model takes of them → {@code RequestWriter} and {@code PartWriter}
 * write the body.
 *
 * <p><b>Flow of an answer</b>: bytes → events of the transport → {@code MessagesEvents}, which
 * reads one JSON object after the other without a tree → canonical events in a frame.
 *
 * <p>The provider's words ({@code thinking}, {@code stop_reason}, {@code tool_use}) stay in here.
 * What Claude's models differ in is told by {@code ClaudeModel} and by nobody else.
 */
@NullMarked
package dev.midstream.protocol.messages;

import org.jspecify.annotations.NullMarked;
