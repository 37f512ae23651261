/**
 * What protocols serve beside the asking of models.
 *
 * <p><b>Its job.</b> Requests that a protocol defines, that are not streamed and that no relay
 * carries out: each is a {@link dev.midstream.gateway.edge.SideService}, listed with its paths
 * where the gateway lists its protocols. What has to be asked of a provider is an {@link
 * dev.midstream.driver.Errand}: once, without retries.
 *
 * <p><b>Its flow.</b> {@link dev.midstream.gateway.beside.KeptAnswers} serves answers of the
 * Responses API that are kept, by us or by the provider that the id names, in three {@link
 * dev.midstream.gateway.beside.AnswerRoute routes}. {@link
 * dev.midstream.gateway.beside.TokenCounting} counts the tokens of a Messages request. {@link
 * dev.midstream.kept.KeptConversations} serves no path: when another provider takes over, it
 * fetches the conversation from whoever keeps it ({@link dev.midstream.kept.ConversationFetch}).
 *
 * <p><b>What may not enter.</b> Streams, recovery, and what is bound to no protocol (that is the
 * edge's).
 */
@NullMarked
package dev.midstream.gateway.beside;

import org.jspecify.annotations.NullMarked;
