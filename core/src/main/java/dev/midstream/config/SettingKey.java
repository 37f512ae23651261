package dev.midstream.config;

import java.util.Set;

/**
 * A key that says how requests are routed and recovered. Immutable.
 *
 * @param name as it stands in the configuration: {@code idle_timeout}
 * @param places where it may stand
 * @param value what it takes
 * @param byDefault what counts where nobody says anything, for people
 * @param meaning one or two sentences, for people
 */
record SettingKey(
        String name, Set<Place> places, SettingValue value, String byDefault, String meaning) {

    SettingKey {
        places = Set.copyOf(places);
    }

    /** Where a setting may stand. */
    enum Place {
        /** {@code router_settings} or {@code litellm_settings}. */
        ROUTER("`router_settings`"),
        /** {@code model_info} of any deployment of a group. */
        GROUP("`model_info`"),
        /** {@code litellm_params} of a deployment. */
        DEPLOYMENT("`litellm_params`"),
        /** A request header. */
        HEADER("header"),
        /** A member of a request's body. */
        BODY("body");

        private final String word;

        Place(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    boolean at(Place place) {
        return places.contains(place);
    }

    /** {@code x-midstream-idle-timeout}. */
    String header() {
        return "x-midstream-" + name.replace('_', '-');
    }
}
