package dev.midstream.relay;

import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.SeamGrade;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened to a request, for those who look on; nothing has to be done about it.
 * Never one a token.
 *
 * <p><b>Shape</b>: an attempt begins with {@link Step.Start}; then come, each at most once, {@link
 * FirstToken}, {@link Continued} and {@link AttemptFailed}, in this order. {@link Step.Finish},
 * {@link Step.Fail} and {@link Step.Abandon} say how all ended and come last; an attempt that the
 * client's leaving ended has not failed.
 */
public sealed interface Notice {

    /**
     * The first content of an attempt's answer has come, reasoning included; told before anything
     * of it is released, and although it may be held or dropped.
     */
    record FirstToken(int attempt) implements Notice {}

    /**
     * An attempt ended in a failure, from whatever source: its upstream, a clock, a seam that was
     * not proven, the end of this process. Told before {@link Step.Decide}. Just those attempts are
     * told whose {@linkplain Summary.Attempt#failure() summary} has a failure.
     *
     * @param failure as it concerns the attempt
     */
    record AttemptFailed(int attempt, Failure failure) implements Notice {}

    /**
     * A failure of this request began a cooldown of the deployment, or made one longer; told behind
     * the failure.
     *
     * @param group the model group in which it had been asked
     * @param duration how long it is left alone from now on
     * @param failure what brought it
     */
    record CooledDown(String deployment, String group, Duration duration, Failure failure)
            implements Notice {}

    /**
     * An attempt goes on from what the client has: its seam is proven, and the first of what it
     * adds is about to leave. A generation that is taken up again goes on too; the original request
     * asked again, where nothing or only reasoning had been delivered, does not.
     *
     * @param method how it was asked to go on
     * @param grade how sure the seam is; {@link SeamGrade#UNPROVEN} where a restart shows another
     *     answer apart; null where there is no seam, because what it adds is a new block behind one
     *     that had ended
     */
    record Continued(int attempt, Method method, @Nullable SeamGrade grade) implements Notice {}
}
