/**
 * JSON as bytes: splicing members of a body without touching the rest, writing strings, and
 * following a document that is still coming. No trees on the per-token path.
 */
@NullMarked
package dev.midstream.json;

import org.jspecify.annotations.NullMarked;
