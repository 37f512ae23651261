/**
 * Answers of language models that survive the provider that breaks off midway, in the application's
 * own process.
 *
 * <p>A {@code Router} is made once, of a LiteLLM {@code config.yaml} or in code, and asked from any
 * thread.
 */
@NullMarked
package dev.midstream.client;

import org.jspecify.annotations.NullMarked;
