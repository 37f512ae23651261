/**
 * What a protocol is: how it is read and written, on either side, seen by those who must not know
 * which one it is.
 *
 * <p>A protocol is written once, in a package of its own below this one, and serves both sides:
 * {@link dev.midstream.protocol.ClientProtocol} as what clients speak to us, {@link
 * dev.midstream.protocol.UpstreamProtocol} as what we speak to a provider. Each converts to and
 * from the canonical model and nothing else; no pair of protocols has code of its own. Everything
 * here is sans-I/O: bytes in, bytes out.
 *
 * <p><b>Where a change belongs</b>: what one protocol says differently, in its own package; what
 * two of them have to say to each other, in the canonical model ({@link dev.midstream.model}), in
 * words of no protocol; what the members of several are read or refused by alike, here ({@link
 * dev.midstream.protocol.BodyReader}, {@link dev.midstream.protocol.OfferedTools}, {@link
 * dev.midstream.protocol.ErrorClassifier}). Another protocol is another package, and a line where
 * the gateway lists those that it speaks.
 */
@NullMarked
package dev.midstream.protocol;

import org.jspecify.annotations.NullMarked;
