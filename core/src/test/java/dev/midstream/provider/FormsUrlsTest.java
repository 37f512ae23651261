package dev.midstream.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base URLs as people write them lead to the URLs that providers serve. */
class FormsUrlsTest {

    @ParameterizedTest
    @CsvSource({
        "https://h/v1, https://h/v1/chat/completions",
        "https://h/v1/, https://h/v1/chat/completions",
        "https://h/v1///, https://h/v1/chat/completions",
        "https://h, https://h/chat/completions",
        "https://h:8443/a/b, https://h:8443/a/b/chat/completions",
        "https://h/v1/chat/completions, https://h/v1/chat/completions",
        "https://h/v1/chat/completions/, https://h/v1/chat/completions",
        "https://h/v1?x=1, https://h/v1/chat/completions?x=1",
        "HTTPS://h/v1, HTTPS://h/v1/chat/completions",
        "http://[::1]:8000/v1, http://[::1]:8000/v1/chat/completions",
        "' https://h/v1 ', https://h/v1/chat/completions",
    })
    void ofChat(String base, String url) throws IllegalUrl {
        assertThat(Urls.chat(Urls.base(base), "")).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:11434, http://h:11434/v1/chat/completions",
        "http://h:11434/v1, http://h:11434/v1/chat/completions",
        "http://h:11434/v1/, http://h:11434/v1/chat/completions",
    })
    void ofAServerWhoseChatHasASuffix(String base, String url) throws IllegalUrl {
        assertThat(Urls.chat(Urls.base(base), "/v1")).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h, https://h/v1/messages",
        "https://h/, https://h/v1/messages",
        "https://h/v1, https://h/v1/messages",
        "https://h/v1/messages, https://h/v1/messages",
        "https://h/anthropic, https://h/anthropic/v1/messages",
    })
    void ofMessages(String base, String url) throws IllegalUrl {
        assertThat(Urls.messages(Urls.base(base))).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://r.openai.azure.com, https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=v",
        "https://r.openai.azure.com/openai, https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=v",
        "https://r.openai.azure.com/openai/v1/, https://r.openai.azure.com/openai/v1/chat/completions",
        "https://h/openai/deployments/x, https://h/openai/deployments/x/chat/completions?api-version=v",
        "https://h/openai/deployments/x/chat/completions?api-version=w, https://h/openai/deployments/x/chat/completions?api-version=w",
    })
    void ofAzure(String base, String url) throws IllegalUrl {
        assertThat(Urls.azure(Urls.base(base), "d", "v")).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/v1/chat/completions, https://h/v1/responses",
        "https://h/v1/chat/completions?a=b, https://h/v1/responses?a=b",
        "https://r.openai.azure.com/openai/v1/chat/completions, https://r.openai.azure.com/openai/v1/responses",
        "https://r/openai/deployments/d/chat/completions?api-version=2025-02-01-preview, https://r/openai/v1/responses",
        "https://r/openai/deployments/d/chat/completions?api-version=2025-04-01-preview, https://r/openai/responses?api-version=2025-04-01-preview",
    })
    void ofResponsesFollowThoseOfChat(String chat, String url) {
        assertThat(Urls.responses(URI.create(chat))).hasToString(url);
    }

    @Test
    void namesCannotLeaveTheirSegment() throws IllegalUrl {
        assertThat(Urls.azure(Urls.base("https://h"), "a/../b?c#d e", "v").getRawPath())
                .isEqualTo("/openai/deployments/a%2F..%2Fb%3Fc%23d%20e/chat/completions");
        assertThat(Urls.vertex(Urls.vertexHost("global"), "p/q", "global", "claude@1", false))
                .hasToString(
                        "https://aiplatform.googleapis.com/v1/projects/p%2Fq/locations/global/publishers/anthropic/models/claude@1:rawPredict");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://h, a URL that begins with http:// or https://",
        "h/v1, a URL that begins with http:// or https://",
        "localhost:8000, a URL that begins with http:// or https://",
        "http://, 'a URL: https://host/path'",
        "http:///v1, 'a URL with a host: https://host/path'",
        "http://u:p@h/v1, a URL without a user name and password in it; set api_key instead",
        "http://u@h/v1, a URL without a user name and password in it; set api_key instead",
        "http://u:p@h_h/v1, a URL without a user name and password in it; set api_key instead",
        "http://h/v1#x, a URL without a fragment (#)",
        "http://h h/v1, 'a URL: https://host/path'",
        "http://h:99999/v1, 'a URL with a host: https://host/path'",
    })
    void whatIsNoUrlIsRefused(String given, String expected) {
        assertThatThrownBy(() -> Urls.base(given))
                .isInstanceOfSatisfying(
                        IllegalUrl.class, e -> assertThat(e.expected()).isEqualTo(expected));
    }
}
