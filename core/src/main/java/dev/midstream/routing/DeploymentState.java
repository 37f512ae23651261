package dev.midstream.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one deployment at one time.
 *
 * @param group the first group that it serves
 * @param inFlight attempts that run there now
 * @param cooledFor how long it is still left alone, null if it is not
 * @param cause {@link dev.midstream.model.Failure#cause()} of what it is left alone for, null if it
 *     is not
 * @param cooldowns how often it has been left alone
 */
public record DeploymentState(
        String id,
        String group,
        int inFlight,
        @Nullable Duration cooledFor,
        @Nullable String cause,
        long cooldowns) {}
