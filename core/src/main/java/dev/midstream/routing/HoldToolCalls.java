package dev.midstream.routing;

/** Whether a tool call in progress is kept back until it is complete. */
public enum HoldToolCalls {
    /** While there is somewhere else to go, decided when the hold begins. */
    AUTO,
    ALWAYS,
    NEVER
}
