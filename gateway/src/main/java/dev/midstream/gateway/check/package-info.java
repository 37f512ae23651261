/**
 * What a configuration amounts to, before anything depends on it: {@code midstream check}.
 *
 * <p><b>Its flow.</b> {@link dev.midstream.gateway.check.Survey} makes a {@link
 * dev.midstream.gateway.check.Report} of a {@link dev.midstream.config.Configuration}: each group
 * with its deployments, the walk that the router itself would take ({@code Walk} lets a plan fail
 * at every deployment), how each deployment would go on with a broken answer and why ({@code
 * Ways}), and {@link dev.midstream.gateway.check.Finding}s. {@link
 * dev.midstream.gateway.check.ReportText} and {@link dev.midstream.gateway.check.ReportJson} write
 * it.
 *
 * <p><b>What may not enter.</b> I/O of any kind: nobody is asked. Secrets: what is written of a
 * deployment's URL is its host, what is written of its credential is whether it is there.
 */
@NullMarked
package dev.midstream.gateway.check;

import org.jspecify.annotations.NullMarked;
