/**
 * What may lie between a client and a provider, over real sockets: {@link
 * dev.midstream.testkit.passage.TlsFront TLS} by a certificate that nobody knows, and {@link
 * dev.midstream.testkit.passage.ConnectProxy proxies}, with or without a login.
 */
@NullMarked
package dev.midstream.testkit.passage;

import org.jspecify.annotations.NullMarked;
