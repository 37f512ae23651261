/**
 * Metrics for Prometheus.
 *
 * <p>{@link dev.midstream.gateway.metrics.Metrics} is told of each request when it is over, as the
 * request log is, and counts; what is a state (calls in flight, cooldowns) is read when somebody
 * scrapes. Nothing here is on the path of a token.
 *
 * <p>Labels are bounded: groups and deployments of the configuration, words of ours, status codes.
 * Whatever a client or a provider writes never becomes a label.
 */
@NullMarked
package dev.midstream.gateway.metrics;

import org.jspecify.annotations.NullMarked;
