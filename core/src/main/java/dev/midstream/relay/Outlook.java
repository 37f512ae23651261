package dev.midstream.relay;

/** What may be done about a failure, by what the client has. */
enum Outlook {
    /** Somebody may be asked to answer, or to go on. */
    ASK,
    HOPELESS,

    /** A policy has ended the answer: a stream ends with it. */
    POLICY_END,
    CALLS_WHOLE,
    DOCUMENT_WHOLE,
    LIMIT_REACHED;

    /**
     * @param worth whether the failure is one that another attempt may mend
     * @param more whether one more continuation is allowed
     */
    static Outlook of(Recovery recovery, boolean worth, boolean more) {
        return switch (recovery.stage()) {
            case NOTHING -> ASK;
            case REASONING -> worth ? ASK : HOPELESS;
            case TEXT -> goingOn(recovery, worth, more);
            case STRUCTURED -> {
                Document document = recovery.document();
                yield document.complete()
                        ? DOCUMENT_WHOLE
                        : document.valid() ? goingOn(recovery, worth, more) : HOPELESS;
            }
            case TOOL_CALL -> CALLS_WHOLE;
            case BEYOND_RECOVERY -> HOPELESS;
            case POLICY_END -> POLICY_END;
        };
    }

    private static Outlook goingOn(Recovery recovery, boolean worth, boolean more) {
        if (!worth) {
            return HOPELESS;
        }
        if (recovery.tokensLeft() <= 0) {
            return LIMIT_REACHED;
        }
        return more ? ASK : HOPELESS;
    }
}
