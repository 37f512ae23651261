import dev.midstream.client.Answer;
import dev.midstream.client.CallInfo;
import dev.midstream.client.CallOptions;
import dev.midstream.client.MidstreamException;
import dev.midstream.client.RecoveryPolicy;
import dev.midstream.client.Router;
import dev.midstream.client.RouterListener;
import dev.midstream.model.Draft;
import dev.midstream.model.Failure;
import dev.midstream.model.Method;
import dev.midstream.model.Request;
import dev.midstream.model.SeamGrade;
import dev.midstream.relay.Decision;
import org.jspecify.annotations.Nullable;

/** Sees what happens to a call, and has a say between the failure and the next request. */
final class WatchedStory {

    /** Told of everything, before whoever asked is. */
    private static final class Watcher implements RouterListener {

        @Override
        public void attemptStarted(
                CallInfo call, int number, String deployment, String group, Draft draft) {
            System.out.println(number + ": " + group + " is asked, by " + draft.method().word());
        }

        @Override
        public void attemptFailed(
                CallInfo call, int number, Failure failure, @Nullable Throwable thrown) {
            System.out.println(number + ": " + failure.message());
        }

        @Override
        public void continued(CallInfo call, int number, Method method, @Nullable SeamGrade seam) {
            System.out.println(number + ": goes on where the other one stopped");
        }

        @Override
        public void ended(CallInfo call, Answer delivered, @Nullable MidstreamException failure) {
            System.out.println(failure == null ? "whole" : "failed: " + failure.getMessage());
        }
    }

    public static void main(String... args) {
        Request request = Request.to("story").user("Tell me about the river.").build();
        RecoveryPolicy noSecondNovel =
                (call, point) ->
                        point.transcript().text().length() > 100_000
                                ? new Decision.GiveUp()
                                : RecoveryPolicy.DOCUMENTED.decide(call, point);
        try (River river = new River();
                Router router = river.router(args).listener(new Watcher()).build()) {
            Answer answer = router.complete(request, CallOptions.NONE.policy(noSecondNovel));
            System.out.println(answer.text());
        }
    }
}
