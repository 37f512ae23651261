import dev.midstream.client.Answer;
import dev.midstream.client.Router;
import dev.midstream.model.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A hundred answers at once, each waited for by a virtual thread of its own. */
final class ManyStories {

    public static void main(String... args) throws InterruptedException, ExecutionException {
        Request request = Request.to("story").user("Tell me about the river.").build();
        try (River river = new River();
                Router router = river.router(args).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> router.complete(request)));
            }
            int broken = 0;
            for (Future<Answer> answer : answers) {
                broken += answer.get().report().recovered() ? 1 : 0;
            }
            System.out.println(
                    answers.size() + " answers are whole; " + broken + " had broken off");
        }
    }
}
