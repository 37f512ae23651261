/**
 * OpenAI Embeddings ({@code openai-embeddings}): texts in, vectors out.
 *
 * <p>Not a conversation, so nothing translates into it or out of it, nothing streams and nothing
 * can be gone on with; yet it is a protocol like the others, and so the same relay asks for it,
 * with the same plan, budget, clocks, log and metrics. A whole answer is one frame that goes to the
 * client as it came: {@link dev.midstream.protocol.embeddings.EmbeddingsDecoder} only proves that
 * it is one and reads its usage.
 *
 * <p><b>Source</b>: OpenAI's API reference on embeddings, which Azure, Mistral, Together, vLLM,
 * Ollama and others follow (read 2026-11).
 */
@NullMarked
package dev.midstream.protocol.embeddings;

import org.jspecify.annotations.NullMarked;
