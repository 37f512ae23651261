package dev.midstream.relay;

import dev.midstream.routing.Choice;

/** What is to be asked next, while the decision on it is out. */
record Candidate(Choice.Ask ask, Recovery.Prepared prepared) {}
