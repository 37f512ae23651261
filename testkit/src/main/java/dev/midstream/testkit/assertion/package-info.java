/**
 * Assertions in the words of those who call models, for any test framework.
 *
 * <p><b>Its job.</b> To say in one line what a test wants to know, and to show in the message what
 * there was instead. Three doors:
 *
 * <pre>{@code
 * Requests.to(fallback).only().continuesByPrefill("Once upon a");     // what a provider saw
 * Streams.chat(body).isWhole().hasText("Once upon a time");           // what a client received
 * Events.of(list).areOneWholeAnswer().haveText("Once upon a time");   // what the library handed out
 * }</pre>
 *
 * <p><b>Failure.</b> A plain {@link java.lang.AssertionError}. No assertion library is needed, and
 * every one can be used beside it.
 *
 * <p><b>What may not enter.</b> Assertion libraries and test frameworks; what is judged.
 */
@NullMarked
package dev.midstream.testkit.assertion;

import org.jspecify.annotations.NullMarked;
