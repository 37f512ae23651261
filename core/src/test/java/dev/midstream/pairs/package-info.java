/**
 * Every client protocol over every upstream protocol, case by case, against golden files.
 *
 * <p>Below {@code resources/dev/midstream/pairs}: {@code requests} holds what a client asks, a case
 * in each protocol; {@code answers} what an upstream streams, a case in each protocol; {@code
 * expected} what has to come of it, a directory for each pair: the request that the upstream is
 * sent, the stream that the client is sent, and the document where it asked for one. To look at a
 * change as a diff, write them anew with {@code -Dgoldens=write} and read what git says.
 */
@NullMarked
package dev.midstream.pairs;

import org.jspecify.annotations.NullMarked;
