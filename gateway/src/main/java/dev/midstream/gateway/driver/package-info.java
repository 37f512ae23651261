/**
 * The gateway's client, as a driver sees it: an answer is encoded in the client's protocol and
 * written to its connection.
 *
 * <p>{@link dev.midstream.gateway.driver.EncodedAnswer} stands between the engine's {@link
 * dev.midstream.driver.RelayDriver}, which shows it events, and a {@link
 * dev.midstream.gateway.driver.ClientLeg}, which takes bytes; {@link
 * dev.midstream.gateway.driver.ResponseHeaders} says what the head tells.
 *
 * <p><b>What may not enter.</b> Anything that blocks; a concrete protocol; Reactor.
 */
@NullMarked
package dev.midstream.gateway.driver;

import org.jspecify.annotations.NullMarked;
