package dev.midstream.capability;

/**
 * Why the capability table says what it says of a model. Immutable.
 *
 * @param why what the model makes of a prefill, in words for people
 * @param evidence {@code doc} (the provider says so), {@code seen} (tested or reported by users),
 *     {@code source} (read in the server's source) or {@code assumed}
 * @param refusesPrefill whether a prefill is answered by status 400
 */
public record Grounds(String why, String evidence, boolean refusesPrefill) {

    static final Grounds UNKNOWN =
            new Grounds("nothing is known of a prefill there", "assumed", false);
}
