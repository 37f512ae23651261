package dev.midstream.model;

/**
 * An answer that a provider keeps: it can be fetched, gone on from and, where it was made in the
 * background, taken up again.
 *
 * @param deployment the id of the deployment that keeps it
 * @param id the provider's own id of the answer
 */
public record Held(String deployment, String id) {}
