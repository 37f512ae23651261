/**
 * What is there to be asked: the names for clients, and what operators want to know of what stands
 * behind them.
 *
 * <p><b>Its job.</b> To answer {@code /v1/models}, {@code /model/info}, {@code /model_group/info}
 * and {@code /health} in the forms of OpenAI, Anthropic and LiteLLM, from what is in memory.
 *
 * <p><b>What may not enter.</b> Requests to providers; credentials. Of hosts only {@code api_base}
 * is shown, by {@code /model/info}, as LiteLLM does.
 */
@NullMarked
package dev.midstream.gateway.models;

import org.jspecify.annotations.NullMarked;
