/**
 * What protocols serve beside the asking of models.
 *
 * <p>{@link dev.midstream.gateway.beside.KeptAnswers} serves answers of the Responses API that are
 * kept, by us or by the provider that the id names, in three {@link
 * dev.midstream.gateway.beside.AnswerRoute routes}; {@link
 * dev.midstream.gateway.beside.KeptConversations} fetches a conversation from whoever keeps it when
 * another provider takes over. {@link dev.midstream.gateway.beside.TokenCounting} counts the tokens
 * of a Messages request.
 */
@NullMarked
package dev.midstream.gateway.beside;

import org.jspecify.annotations.NullMarked;
