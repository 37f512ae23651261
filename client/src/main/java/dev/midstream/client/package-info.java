/**
 * Answers of language models that survive the provider that breaks off midway, in the application's
 * own process.
 *
 * <h2>Asking</h2>
 *
 * <p>A {@link dev.midstream.client.Router} is made once, of a LiteLLM {@code config.yaml} or in
 * code ({@link dev.midstream.client.RouterBuilder}), and asked from any thread: for a stream that a
 * thread takes ({@link dev.midstream.client.EventStream}), a publisher, or a whole {@link
 * dev.midstream.client.Answer}. Requests are {@link dev.midstream.model.Request}s, or a protocol's
 * own JSON ({@link dev.midstream.client.JsonRouter}). {@link dev.midstream.client.CallOptions} say
 * what one call wishes.
 *
 * <h2>What is thrown</h2>
 *
 * <p>{@link dev.midstream.client.MidstreamException} and its subclasses, each for one thing that a
 * caller can do. What could not be completed is an {@link
 * dev.midstream.client.AnswerFailedException}: the first failure, what was delivered, every
 * attempt.
 *
 * <h2>Looking on, and deciding</h2>
 *
 * <p>{@link dev.midstream.client.RouterListener} and {@link dev.midstream.client.RecoveryPolicy}.
 * What can be plugged in is in {@link dev.midstream.client.spi}.
 *
 * <h2>What may grow</h2>
 *
 * <p>Records that the library hands out ({@code Answer}, {@code Block}, {@code AttemptReport},
 * {@code CallReport}, {@code CallInfo}) may get further components: read them by their accessors,
 * not by patterns that take them apart.
 *
 * <h2>How it works</h2>
 *
 * <p>An {@code Engine} holds what all calls share. A call is a {@link
 * dev.midstream.driver.RelayDriver} on a {@code SerialLoop}: whatever happens to it, on whatever
 * thread, is worked off one thing after the other by whoever came first. A {@code Recipient} turns
 * what the relay releases into events or JSON and keeps account of it; a {@code Receiver} hands it
 * over: {@code Mailbox} to a thread that takes, {@code Subscription} to a subscriber, {@code Whole}
 * to whoever wants all of it. A receiver that is full makes the relay stop reading.
 *
 * <p><b>Where a change belongs</b>: what every answer does, in the engine's relay and driver, never
 * here; how an answer is handed over, in a receiver; what it looks like, in a recipient; what can
 * be said of a router in code, in the builder and what it is made of.
 */
@NullMarked
package dev.midstream.client;

import org.jspecify.annotations.NullMarked;
