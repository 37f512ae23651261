package dev.midstream.model;

/**
 * What a provider's error means, whichever way it was spelled: HTTP status, error type, code or
 * words.
 *
 * <p><b>Source</b>: the error pages of the providers, read 2026-10; {@code ErrorClassifier} names
 * them.
 */
public enum ErrorClass {
    /** The request is wrong in a way we do not know better. */
    BAD_REQUEST(Fault.REQUEST),
    /** A parameter that this model does not take. */
    UNSUPPORTED_PARAMETER(Fault.REQUEST),
    /** The conversation is longer than the model's window. */
    CONTEXT_LENGTH(Fault.REQUEST),
    /** A policy refused the request. Never evaded unless the operator chose so. */
    CONTENT_POLICY(Fault.REQUEST),
    /** A trailing assistant message is not taken by this model. */
    PREFILL_REFUSED(Fault.US),
    /** Signed or encrypted reasoning of another origin was sent. */
    REASONING_REFUSED(Fault.US),
    /** The deployment does not stream to this caller. */
    STREAM_REFUSED(Fault.US),
    /** The deployment does not speak the protocol that it was asked in. */
    PROTOCOL_REFUSED(Fault.US),
    TOO_LARGE(Fault.REQUEST),
    AUTHENTICATION(Fault.CREDENTIAL),
    PERMISSION(Fault.CREDENTIAL),
    /** Money or a daily quota is used up: waiting a little does not help. */
    QUOTA(Fault.CREDENTIAL),
    NOT_FOUND(Fault.DEPLOYMENT),
    /** The deployment is well, but does not do what it was asked for. */
    NOT_SERVED(Fault.REQUEST),
    RATE_LIMIT(Fault.DEPLOYMENT),
    /** A lock, a model that is being loaded: the same request may go through in a moment. */
    CONFLICT(Fault.DEPLOYMENT),
    /** The provider gave up waiting. */
    TIMEOUT(Fault.DEPLOYMENT),
    OVERLOADED(Fault.DEPLOYMENT),
    SERVER_ERROR(Fault.DEPLOYMENT);

    private final Fault fault;

    ErrorClass(Fault fault) {
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
