/**
 * Anthropic's Messages protocol, as clients speak it to us, and as Anthropic and Vertex AI serve it
 * for Claude.
 *
 * <p><b>Flow of a client's request</b>: {@code MessagesProtocol.parse} → {@code
 * MessagesRequestReader}, {@code TurnReader}, {@code BlockReader} and {@code ToolReader}, which
 * look at the bytes through {@code JsonView} and {@code Wanted} → the canonical request. For an
 * upstream of this protocol {@code MessagesRequestSplicer} edits those bytes: {@code OwnTurns},
 * {@code OwnThinking}, {@code OwnSampling}, {@code OwnDefaults}.
 *
 * <p><b>Flow of another client's request</b>: {@code MessagesProtocol.encode} → {@code
 * Conversation} puts the turns into the order that the protocol demands → {@code Wishes} settles
 * the parameters: the client's, the configuration's, and what a continuation overrides → {@code
 * Thinking} and {@code ClaudeModel} say what this model takes of them → {@code RequestWriter} and
 * {@code PartWriter} write the body.
 *
 * <p><b>Flow of an answer</b>: bytes → events of the transport → {@code EventReader}, which reads
 * one JSON object after the other without a tree → canonical events in a frame.
 *
 * <p><b>Flow of an answer to a client</b>: frames that {@code AsItCame} finds good go out as they
 * came; {@code MessagesStreamEncoder} follows them, and has {@code MessageEvents} write the rest.
 * {@code MessagesAssembler} and {@code AssembledBlocks} put plain answers together.
 *
 * <p>The provider's words ({@code thinking}, {@code stop_reason}, {@code tool_use}) stay in here.
 * What Claude's models differ in is told by {@code ClaudeModel} and by nobody else.
 */
@NullMarked
package dev.midstream.protocol.messages;

import org.jspecify.annotations.NullMarked;
