package dev.midstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midstream.routing.Deployment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids are the same after each start, tell all deployments apart, and do not come of secrets. */
class DeploymentsKeepTheirIdsTest {

    private static List<String> ids(Given given) {
        return given.read().router().groups().stream()
                .flatMap(g -> g.deployments().stream())
                .map(Deployment::id)
                .toList();
    }

    private static Given two(String first, String second) {
        return Given.text(
                ("model_list:\n  - {model_name: g, litellm_params: {model: openai/x, "
                                + first
                                + "}}\n")
                        + ("  - {model_name: g, litellm_params: {model: openai/x, "
                                + second
                                + "}}\n"));
    }

    @Test
    void theSameConfigurationGivesTheSameIds() {
        assertThat(ids(two("api_key: a", "api_key: b, temperature: 1")))
                .isEqualTo(ids(two("api_key: a", "api_key: b, temperature: 1")));
    }

    @Test
    void anotherKeyIsStillTheSameDeployment() {
        assertThat(ids(two("api_key: a", "api_key: b")))
                .isEqualTo(ids(two("api_key: c", "api_key: d")));
    }

    @Test
    void twoThatLookTheSameAreToldApart() {
        assertThat(ids(two("api_key: a", "api_key: b"))).doesNotHaveDuplicates();
        assertThat(ids(two("api_key: a", "api_key: b, temperature: 1")))
                .doesNotHaveDuplicates()
                .noneMatch(id -> id.contains("-"));
    }

    @Test
    void aGivenIdCountsAndIsTheOnlyOne() {
        assertThat(ids(Given.info("id: mine"))).containsExactly("mine");
        assertThat(
                        Given.text(
                                        """
                                        model_list:
                                          - {model_name: a, litellm_params: {model: openai/x, api_key: k}, model_info: {id: one}}
                                          - {model_name: b, litellm_params: {model: openai/x, api_key: k}, model_info: {id: one}}
                                        """)
                                .rejected())
                .containsExactly(
                        "config.yaml:3:85: error: the id `one` is taken at config.yaml:2:85; ids name one deployment");
    }
}
