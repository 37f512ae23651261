/**
 * Conversations that a provider keeps, fetched where somebody else has to go on with them.
 *
 * <p>A client of the Responses API may send only what is new and name the answer that it goes on
 * from. Where the deployment that keeps that answer is not asked, {@link
 * dev.midstream.kept.KeptConversations} fetches the whole conversation from it and writes it into
 * the request. {@link dev.midstream.kept.Holder} says who keeps an answer and how it is asked.
 *
 * <p>No sockets: what is asked is a {@link dev.midstream.driver.Errand}.
 */
@NullMarked
package dev.midstream.kept;

import org.jspecify.annotations.NullMarked;
