/**
 * Access tokens of Google's cloud, as recipes: which request to send, how to read the answer, when
 * to renew.
 *
 * <p>{@link dev.midstream.cloud.GoogleAccount} is read from a key file or stands for the metadata
 * server; it gives the {@link dev.midstream.cloud.TokenRequest}, whose answer {@link
 * dev.midstream.cloud.AccessToken} reads. Whoever carries the requests does so ahead of time.
 *
 * <p>No I/O and no clock: time comes in. Signing is computation.
 */
@NullMarked
package dev.midstream.cloud;

import org.jspecify.annotations.NullMarked;
