package dev.midstream.relay;

/** What has been released to the client so far, in canonical form, per content block. Event-loop confined. */
public final class Transcript {}
