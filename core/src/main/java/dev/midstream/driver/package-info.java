/**
 * What connects a relay to a client, an upstream and time: carries out its steps and hands in what
 * comes of them. The gateway and the library share it.
 *
 * <p><b>Its job.</b> A {@link dev.midstream.relay.Relay} decides, a {@link
 * dev.midstream.driver.RelayDriver} does: it starts and cancels attempts upstream, shows the {@link
 * dev.midstream.driver.Client} what is released, and wakes the relay. It takes no decision about
 * recovery; whoever wants to take one stands in its {@link dev.midstream.driver.Hooks}.
 *
 * <p><b>Its flow.</b> Everything of one request happens on one {@link dev.midstream.driver.Loop}:
 * the inputs of the relay are in order because nothing else touches it. {@link
 * dev.midstream.driver.UpstreamAttempt} is one attempt, from the encoding of its body to its end as
 * a {@link dev.midstream.model.Failure}. What is asked of a provider beside the attempts is an
 * {@link dev.midstream.driver.Errand}; {@link dev.midstream.driver.Identity} says in whose name
 * either is sent. Bodies above 32 KB are encoded off the loop and hop back; {@link
 * dev.midstream.driver.GoogleTokens} are signed off it, and asked for on the loop of whoever needs
 * one first.
 *
 * <p><b>What may not enter.</b> Anything that blocks; a timer a token; a concrete protocol; sockets
 * and threads, which are the loop's.
 */
@NullMarked
package dev.midstream.driver;

import org.jspecify.annotations.NullMarked;
