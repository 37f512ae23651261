/** What lies between the gateway and the providers: proxies, and TLS that a company looks into. */
@NullMarked
package dev.midstream.gateway.passage;

import org.jspecify.annotations.NullMarked;
