package dev.midstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.model.Message;
import dev.midstream.model.Message.Role;
import dev.midstream.model.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallsAreAnsweredTest {

    private static final Message ASKED = Message.of(Role.USER, "Look");
    private static final Message CALLED =
            new Message(Role.ASSISTANT, List.of(call("a"), call("b")));

    private static Part call(String id) {
        return new Part.ToolCall(id, "f", "{}", false, null);
    }

    private static Part result(String id, String text, boolean error) {
        return new Part.ToolResult(id, List.of(new Part.Text(text)), error, null);
    }

    @Test
    void whatIsAnsweredStaysAsItIs() {
        List<Message> turns =
                List.of(
                        ASKED,
                        CALLED,
                        new Message(Role.TOOL, List.of(result("a", "1", false))),
                        new Message(Role.USER, List.of(result("b", "2", false))));
        assertThat(AnsweredCalls.in(turns)).isEqualTo(turns);
    }

    @Test
    void whatIsNotIsAnsweredByTheLackOfAResult() {
        List<Message> turns =
                List.of(
                        ASKED,
                        CALLED,
                        new Message(Role.TOOL, List.of(result("b", "2", false))),
                        Message.of(Role.ASSISTANT, "Hm"),
                        new Message(Role.TOOL, List.of(result("a", "too late", false))));
        assertThat(AnsweredCalls.in(turns))
                .startsWith(
                        ASKED,
                        CALLED,
                        new Message(Role.TOOL, List.of(result("a", AnsweredCalls.NO_RESULT, true))))
                .hasSize(6);
    }
}
