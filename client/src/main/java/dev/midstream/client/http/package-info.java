/**
 * Requests over the JDK's HTTP client, which is all that the library needs to reach a provider.
 *
 * <p><b>Its job.</b> {@link dev.midstream.client.http.JdkTransport} sends one request and tells, in
 * order, its head, its bytes and exactly one end. {@link dev.midstream.client.http.Breakage} says
 * what an exception means on the wire; it takes those of other transports too.
 *
 * <p><b>Its flow.</b> One {@code HttpClient} for each {@link dev.midstream.routing.Passage}, made
 * with its first request; a {@code Call} for each request, a {@code Sending} for each time that it
 * goes out. The client's retries, redirects, cookies, logins and timeouts are off or kept from
 * happening: retries are the router's, which counts them. The one exception is a request whose
 * pooled connection had been closed by the other side before it got there, which a {@code Call}
 * sends once more by itself.
 *
 * <p><b>What may not enter.</b> {@code BodyHandlers.ofInputStream} (loses bytes that had arrived
 * when a connection breaks), {@code HttpRequest.timeout} (covers the body from Java 26 on), system
 * properties (they are the application's).
 */
@NullMarked
package dev.midstream.client.http;

import org.jspecify.annotations.NullMarked;
