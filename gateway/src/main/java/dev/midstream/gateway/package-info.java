/** The server: its command line, and everything that touches sockets, threads, clocks and logs. */
@NullMarked
package dev.midstream.gateway;

import org.jspecify.annotations.NullMarked;
