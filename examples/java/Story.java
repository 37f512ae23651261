import dev.midstream.client.EventStream;
import dev.midstream.client.Router;
import dev.midstream.model.Request;

/** Asks once and prints what comes. The provider breaks off in the middle; the answer does not. */
final class Story {

    public static void main(String... args) {
        Request request = Request.to("story").user("Tell me about the river.").build();
        try (River river = new River();
                Router router = river.router(args).build();
                EventStream stream = router.stream(request)) {
            stream.texts().forEach(System.out::print);
            System.out.println();
            System.out.println("(" + stream.answer().report().attempts().size() + " attempts)");
        }
    }
}
