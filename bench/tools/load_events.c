/* Cuts an answer into its events and checks them: the stamps in order, each once, and the protocol's proper end. */
#include "load.h"

#define LONGEST_EVENT (8u << 20)
#define EVENT_HEAD 96 /* what kind of event it is stands in so many bytes */

void answer_begin(Connection *c) {
    buffer_clear(&c->partial);
    c->got = 0;
    c->ended = c->wrong = c->failed = 0;
    c->last_text = c->seam = 0;
}

static int says(const char *event, size_t length, const char *word) {
    return memmem(event, length < EVENT_HEAD ? length : EVENT_HEAD, word, strlen(word)) != 0;
}

/* Responses says all of its text again in its last events. */
static int holds_text(const char *event, size_t length) {
    return *event != ':' && (options.protocol != RESPONSES || says(event, length, "output_text.delta"));
}

static int is_end(const char *event, size_t length) {
    if (options.protocol == CHAT) return says(event, length, "[DONE]");
    return says(event, length, options.protocol == MESSAGES ? "\"message_stop\"" : "\"response.completed\"");
}

static int is_error(const char *event, size_t length) {
    return says(event, length, "event: error") || says(event, length, "data: {\"error\"") || says(event, length, "response.failed");
}

static void on_first_text(Connection *c, const Stamp *stamp, uint64_t at) {
    uint64_t taken = at - c->sent;
    connections_heard += !c->heard;
    c->heard = 1;
    if (stamp->wait >= 0) histogram_add(&figures.first_text, taken > (uint64_t)stamp->wait ? taken - (uint64_t)stamp->wait : 0);
}

/* The first new text of a continuation says how long its provider took until its own first text. */
static void on_seam(Connection *c, const Stamp *stamp, uint64_t at) {
    uint64_t gap = at - c->last_text, wait = (uint64_t)stamp->wait;
    histogram_add(&figures.seam_gap, gap);
    histogram_add(&figures.seam_beyond, gap > wait ? gap - wait : 0);
    c->seam = stamp->written;
}

static void on_stamp(Connection *c, const Stamp *stamp, uint64_t at) {
    if (stamp->index != c->got || c->ended) c->wrong = 1;
    if (!c->got) on_first_text(c, stamp, at);
    else if (stamp->wait >= 0 && measuring) on_seam(c, stamp, at);
    else if (c->seam) c->seam = stamp->written;
    c->got++;
    c->last_text = at;
    if (!measuring) return;
    figures.events++;
    histogram_add(&figures.latency, at > stamp->written ? at - stamp->written : 0);
}

static void on_event(Connection *c, const char *event, size_t length, uint64_t at) {
    Stamp stamp;
    const char *from = event, *end = event + length;
    int texts = 0;
    if (holds_text(event, length))
        for (; next_stamp(from, end, &stamp); from = stamp.end, texts++) on_stamp(c, &stamp, at);
    if (texts) return;
    if (is_end(event, length)) c->ended = 1;
    else if (is_error(event, length)) c->failed = 1;
}

/* The end of the event at `from`, its blank line included, or null. */
static const char *event_end(const char *from, const char *end) {
    for (const char *p = from; (p = memchr(p, '\n', (size_t)(end - p)));) {
        p++;
        if (p < end && *p == '\n') return p + 1;
        if (p + 1 < end && p[0] == '\r' && p[1] == '\n') return p + 2;
    }
    return 0;
}

/* How many bytes whole events took; -1 when the client hung up. */
static ssize_t read_events(Connection *c, const char *bytes, size_t length, uint64_t at) {
    const char *from = bytes, *end = bytes + length, *next;
    for (; (next = event_end(from, end)); from = next) {
        on_event(c, from, (size_t)(next - from), at);
        if (options.hang_up_after >= 0 && c->got >= options.hang_up_after) {
            hang_up(c);
            return -1;
        }
    }
    return from - bytes;
}

static int read_partial(Connection *c, uint64_t at) {
    ssize_t taken = read_events(c, c->partial.bytes + c->partial.from, buffer_left(&c->partial), at);
    if (taken < 0) return 0;
    c->partial.from += (size_t)taken;
    if (buffer_left(&c->partial) <= LONGEST_EVENT) return 1;
    connection_failed(c, "an event is too long");
    return 0;
}

int answer_bytes(Connection *c, const char *bytes, size_t length, uint64_t at) {
    if (c->status != 200 || options.json || buffer_left(&c->partial)) {
        buffer_add(&c->partial, bytes, length);
        return c->status != 200 || options.json || read_partial(c, at);
    }
    ssize_t taken = read_events(c, bytes, length, at);
    if (taken < 0) return 0;
    buffer_add(&c->partial, bytes + taken, length - (size_t)taken);
    return 1;
}

/* All that came at once was read: the newest text behind a seam is what proved it, or came with that. */
void answer_read(Connection *c, uint64_t at) {
    if (!c->seam) return;
    histogram_add(&figures.seam_release, at > c->seam ? at - c->seam : 0);
    c->seam = 0;
}

/* A plain answer has one stamp, or all those of the stream that it was assembled from. */
static int document_whole(Connection *c) {
    Stamp stamp;
    long index = 0;
    const char *from = c->partial.bytes + c->partial.from, *end = c->partial.bytes + c->partial.length;
    for (; next_stamp(from, end, &stamp); from = stamp.end)
        if (stamp.index != index++) c->wrong = 1;
    return !c->wrong && (index == 1 || index == options.events);
}

int answer_whole(Connection *c) {
    if (options.json) return document_whole(c);
    return c->got == options.events && c->ended && !c->wrong && !c->failed;
}
