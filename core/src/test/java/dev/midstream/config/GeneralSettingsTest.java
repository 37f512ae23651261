package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.config.GeneralSettings.Transport;
import dev.midstream.model.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the gateway itself is told. */
class GeneralSettingsTest {

    @Test
    void allOfItIsRead() {
        assertThat(
                        Given.sections(
                                        """
                                        general_settings:
                                          master_key: sk-1
                                          host: 0.0.0.0
                                          port: '8080'
                                          max_request_size_mb: 0.5
                                          global_max_parallel_requests: 100
                                          cors_origins: [https://Chat.example.com, 'http://localhost:3000']
                                          drain_timeout: 40
                                          shutdown_delay: '2.5'
                                          transport: nio
                                        """)
                                .read()
                                .general())
                .isEqualTo(
                        new GeneralSettings(
                                Secret.of("sk-1"),
                                "0.0.0.0",
                                8080,
                                512 * 1024,
                                100,
                                List.of("https://chat.example.com", "http://localhost:3000"),
                                Duration.ofSeconds(40),
                                Duration.ofMillis(2500),
                                Transport.NIO));
    }

    @Test
    void aMasterKeyInTheOtherBlockCountsAndIsSaid() {
        Given given = Given.sections("litellm_settings: {master_key: sk-1}\n");
        assertThat(given.read().general().masterKey()).isEqualTo(Secret.of("sk-1"));
        assertThat(given.warnings())
                .containsExactly(
                        "config.yaml:4:32: warning: `master_key` belongs in `general_settings`; it counts all the same");
    }

    @Test
    void aMasterKeyThatIsEmptyIsAnErrorAndNoOpenDoor() {
        assertThat(Given.sections("general_settings: {master_key: ''}\n").rejected()).hasSize(1);
    }

    @Test
    void theLowerOfLiteLlmsTwoLimitsCounts() {
        assertThat(general("max_parallel_requests: 5").maxParallelRequests()).isEqualTo(5);
        assertThat(
                        general("max_parallel_requests: 5, global_max_parallel_requests: 3")
                                .maxParallelRequests())
                .isEqualTo(3);
    }

    @Test
    void aStarAmongOriginsIsAllOfThem() {
        assertThat(general("cors_origins: '*'").corsOrigins()).containsExactly("*");
        assertThat(general("cors_origins: ['https://a.example', '*']").corsOrigins())
                .containsExactly("*");
    }

    @Test
    void whatIsNoOriginIsAnError() {
        assertThat(
                        Given.sections(
                                        "general_settings: {cors_origins: [chat.example.com, 'https://a.example/']}\n")
                                .rejected())
                .containsExactly(
                        "config.yaml:4:35: error: `cors_origins`: `chat.example.com` is not an origin as `https://chat.example.com`, or `*`",
                        "config.yaml:4:53: error: `cors_origins`: `https://a.example/` is not an origin as `https://chat.example.com`, or `*`");
    }

    private static GeneralSettings general(String keys) {
        return Given.sections("general_settings: {" + keys + "}\n").read().general();
    }

    @Test
    void numbersOutOfRangeAreErrors() {
        assertThat(
                        Given.sections("general_settings: {port: 70000, max_request_size_mb: 0}\n")
                                .rejected())
                .containsExactly(
                        "config.yaml:4:26: error: `port`: `70000` is not a whole number from 0 to 65535",
                        "config.yaml:4:54: error: `max_request_size_mb`: `0` is not a number of megabytes above 0, 4096 at most");
    }
}
