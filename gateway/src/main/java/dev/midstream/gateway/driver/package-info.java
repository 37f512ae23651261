/**
 * What connects a relay to sockets and time: carries out its steps and hands in what comes of them.
 *
 * <p><b>Its job.</b> A {@link dev.midstream.relay.Relay} decides, a {@link
 * dev.midstream.gateway.driver.RelayDriver} does: it starts and cancels attempts upstream, shows
 * the client's encoder what is released, writes to the client, and wakes the relay. It takes no
 * decision about recovery.
 *
 * <p><b>Its flow.</b> Everything of one request happens on one event loop, the one of the client's
 * connection: the inputs of the relay are in order because nothing else touches it. {@link
 * dev.midstream.gateway.driver.UpstreamAttempt} is one attempt, from the encoding of its body to
 * its end as a {@link dev.midstream.model.Failure}; {@link dev.midstream.gateway.driver.ClientLeg}
 * is the client's response. What is asked of a provider beside the attempts is an {@link
 * dev.midstream.gateway.driver.Errand}; {@link dev.midstream.gateway.driver.Identity} says in whose
 * name either is sent. Bodies above 256 KB are encoded off the loop, and tokens of cloud accounts
 * come from elsewhere; both hop back.
 *
 * <p><b>What may not enter.</b> Anything that blocks; a timer a token; a concrete protocol;
 * Reactor.
 */
@NullMarked
package dev.midstream.gateway.driver;

import org.jspecify.annotations.NullMarked;
