package dev.midstream.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.gateway.transport.TransportKind;
import dev.midstream.testkit.ChatStreamGrammar;
import dev.midstream.testkit.SseClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final Pattern URL = Pattern.compile("curl -N (http\\S+)");
    private static final Pattern BODY = Pattern.compile("-d '(.+)'");

    @Test
    void theCurlThatItPrintsGetsTheWholeStoryAgainAndAgain() {
        StringWriter out = new StringWriter();
        try (Demo demo = Demo.start(0, TransportKind.AUTO, new PrintWriter(out))) {
            URI url = URI.create(found(URL, out));
            assertThat(url).isEqualTo(URI.create(demo.gateway().baseUrl() + "/chat/completions"));
            for (int run = 0; run < 2; run++) {
                try (SseClient client = SseClient.post(url, found(BODY, out))) {
                    client.awaitEnd(Duration.ofSeconds(60));
                    assertThat(ChatStreamGrammar.check(client.body()).text())
                            .startsWith("The ferryman had one rule")
                            .endsWith("only one sentence left to say.")
                            .containsOnlyOnce("ferryman had one rule")
                            .containsOnlyOnce("what it was carrying");
                    assertThat(client.text()).contains(": midstream seam");
                }
            }
        }
    }

    @Test
    void itsModelIsTheFirstInTheList() {
        StringWriter out = new StringWriter();
        try (Demo demo = Demo.start(0, TransportKind.AUTO, new PrintWriter(out));
                SseClient models =
                        SseClient.to(URI.create(demo.gateway().baseUrl() + "/models")).get()) {
            models.awaitEnd();
            assertThat(found(BODY, out)).contains("\"river-primary\"");
            assertThat(models.text())
                    .startsWith("{\"object\":\"list\",\"data\":[{\"id\":\"river-primary\"");
        }
    }

    private static String found(Pattern pattern, StringWriter in) {
        Matcher matcher = pattern.matcher(in.toString());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
