/**
 * The request log: one JSON object a line for each request that was asked, attempts inside.
 *
 * <p>It says who was asked, how each attempt ended, how a seam was joined, how long things took and
 * what they cost in tokens; it never holds bodies, credentials or texts of models. It goes to
 * standard output, everything else that is logged to standard error.
 */
@NullMarked
package dev.midstream.gateway.log;

import org.jspecify.annotations.NullMarked;
