/**
 * What models can take and what they cost.
 *
 * <p>{@link dev.midstream.catalog.ModelCatalog} is the data file {@code models.yaml}; an operator
 * may put a {@link dev.midstream.catalog.CostMap} in LiteLLM's format before it. Both are asked by
 * provider and model and answer with {@link dev.midstream.routing.ModelFacts}; what the
 * configuration says of a deployment goes before either. What is not known stays unknown: no price
 * is ever guessed.
 *
 * <p>No I/O beyond the engine's own data file.
 */
@NullMarked
package dev.midstream.catalog;

import org.jspecify.annotations.NullMarked;
