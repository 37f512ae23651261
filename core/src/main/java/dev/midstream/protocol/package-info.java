/**
 * What a protocol is: how it is read and written, on either side, seen by those who must not know
 * which one it is.
 *
 * <p>A protocol is written once, in a package of its own below this one, and serves both sides:
 * {@link dev.midstream.protocol.ClientProtocol} as what clients speak to us, {@link
 * dev.midstream.protocol.UpstreamProtocol} as what we speak to a provider. Each converts to and
 * from the canonical model and nothing else; no pair of protocols has code of its own. Everything
 * here is sans-I/O: bytes in, bytes out.
 */
@NullMarked
package dev.midstream.protocol;

import org.jspecify.annotations.NullMarked;
