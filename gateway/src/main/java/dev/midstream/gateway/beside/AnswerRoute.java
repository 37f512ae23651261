package dev.midstream.gateway.beside;

import dev.midstream.gateway.edge.SideService;
import dev.midstream.protocol.ClientProtocol;
import java.util.List;
import java.util.function.Consumer;

/**
 * One path below {@code /v1/responses}.
 *
 * @param below what stands behind the id
 */
record AnswerRoute(KeptAnswers answers, ClientProtocol protocol, Below below)
        implements SideService {

    /** What is asked for. */
    enum Below {
        ANSWER(""),
        CANCEL("/cancel"),
        INPUT_ITEMS("/input_items");

        private final String path;

        Below(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }

        List<String> methods() {
            return switch (this) {
                case ANSWER -> List.of("GET", "DELETE");
                case CANCEL -> List.of("POST");
                case INPUT_ITEMS -> List.of("GET");
            };
        }
    }

    @Override
    public List<String> methods() {
        return below.methods();
    }

    @Override
    public void serve(Visit visit, Consumer<Reply> reply) {
        answers.serve(below, visit, reply);
    }
}
