/**
 * Who serves models and how they are reached.
 *
 * <p>{@link dev.midstream.provider.ProviderCatalog} is the data file {@code providers.yaml}: every
 * prefix that LiteLLM knows, with its protocol, its URL and its usual environment variables. {@link
 * dev.midstream.provider.ModelName} reads what stands under {@code model:} as LiteLLM does. {@link
 * dev.midstream.provider.Urls} forms the URLs that requests go to.
 *
 * <p>No protocol and no configuration file is known here; no I/O.
 */
@NullMarked
package dev.midstream.provider;

import org.jspecify.annotations.NullMarked;
