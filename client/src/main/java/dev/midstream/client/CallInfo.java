package dev.midstream.client;

import dev.midstream.model.Request;

/**
 * Which call something happened to. Immutable.
 *
 * @param id ours, unique within a process and beyond; to be logged
 * @param group the model group that is asked
 * @param request as it was given
 */
public record CallInfo(String id, String group, Request request) {}
