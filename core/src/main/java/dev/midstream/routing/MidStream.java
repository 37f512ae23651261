package dev.midstream.routing;

/** What happens to a stream that breaks after content has reached the client. */
public enum MidStream {
    /** It goes on, on another deployment, from where it broke. */
    CONTINUE,
    /**
     * The original request is asked again; the new answer is shown apart from the first difference.
     */
    RESTART,
    /** It ends in the upstream's true error. */
    ERROR
}
