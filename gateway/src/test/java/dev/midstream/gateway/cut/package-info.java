/**
 * Answers whose streams end at every place, carried by the engine without any I/O.
 *
 * <p><b>Its flow.</b> {@link dev.midstream.gateway.cut.Spoken} writes an answer in each protocol,
 * {@link dev.midstream.gateway.cut.Carried} hands it to a relay between the protocols that the
 * gateway serves, and the testkit's grammars judge what the client is sent.
 *
 * <p><b>What may not enter.</b> Sockets: there are too many places for that.
 */
@org.jspecify.annotations.NullMarked
package dev.midstream.gateway.cut;
