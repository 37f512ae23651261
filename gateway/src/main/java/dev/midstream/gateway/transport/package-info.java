/**
 * The wire: event loops, the HTTP client leg, and what a broken connection means.
 *
 * <p><b>Its job.</b> To send one request upstream and to hand back, in order and on the loop that
 * asked, its head, its bytes and exactly one end. Every way in which a connection fails becomes a
 * {@link dev.midstream.model.Failure}.
 *
 * <p><b>Its flow.</b> {@link dev.midstream.gateway.transport.EventLoops} are shared by both legs.
 * Each loop has a connection pool of its own ({@link dev.midstream.gateway.transport.Upstreams}),
 * so that both legs of a request stay on one loop: no hop and no lock a token. An {@link
 * dev.midstream.gateway.transport.UpstreamCall} reports to an {@link
 * dev.midstream.driver.UpstreamListener}.
 *
 * <p><b>What may not enter.</b> Protocols, the relay, configuration. Reactor's types leave this
 * package and {@code edge} nowhere.
 */
@NullMarked
package dev.midstream.gateway.transport;

import org.jspecify.annotations.NullMarked;
