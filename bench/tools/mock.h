/* The mock provider's parts: connections (mock.c), timers (mock_timers.c), requests (mock_request.c), answers (mock_answer.c), breaks (mock_breaks.c). */
#ifndef MOCK_H
#define MOCK_H

#include "base.h"

/* How a request wants to be answered; see mock.c for the letters. */
typedef struct {
    long events, pace_us, first_us, size, break_after, error_after, status;
    uint64_t id;
} Directive;

typedef enum { STREAM, DOCUMENT, STATUS } Kind;

typedef struct Connection {
    int fd, wants_write;
    int in_heap; /* place in the heap of timers, -1: in none */
    uint64_t due;
    int runnable;
    struct Connection *next_runnable;
    Buffer in, out;

    /* The answer that is being given. */
    Kind kind;
    int answering, opened, with_usage;
    Protocol protocol;
    Directive directive;
    uint64_t asked; /* when its request was read */
    long wait;      /* from then until its first text, in nanoseconds; -1 until it is written */
    int tells_wait; /* the next stamp says it */
    long index;     /* of the next text event */
    long written;   /* how many of them this answer wrote, repeated ones included */
    long sequence;
    Buffer repeat; /* the text to be repeated before the answer goes on */
    Buffer text;   /* all that was said, for the protocol that says it again at the end */
} Connection;

typedef struct {
    int epoll, listener;
    unsigned seed;
    Connection **heap;
    int heap_length, heap_capacity;
    Connection *runnable;
} Loop;

typedef struct {
    Protocol protocol;
    int obeys; /* whether it breaks and refuses as it is told */
    int streams, with_usage;
    Directive directive;
    long from;          /* index of the first text event: above 0 in a continuation */
    const char *anchor; /* what has to be repeated first, in JSON's escapes; null: nothing */
    size_t anchor_length;
} Request;

/* mock_timers.c: a connection has one timer at most. */
void timer_add(Loop *loop, Connection *c, uint64_t due);
void timer_remove(Loop *loop, Connection *c);

/* mock_request.c */
void read_request(const char *head, size_t head_length, const char *body, size_t body_length, Request *request);
/* How long the request at the buffer's front is, 0 while it is not all there; its chunks are joined. */
size_t request_length(Buffer *in, size_t *head_length, size_t *body_length);

/* mock_answer.c: each appends to `out`. */
void answer_plain(Connection *connection, const char *type, int status, const char *body);
void answer_document(Connection *connection, Protocol protocol, uint64_t asked);
void answer_status(Connection *connection, Protocol protocol, int status);
void stream_open(Connection *connection);
/* The next text event: a piece of what is to be repeated, or a new one. */
void stream_text(Connection *connection);
void stream_error(Connection *connection);
void stream_close(Connection *connection);
void stream_end(Connection *connection); /* the last chunk, of no bytes */

/* mock_breaks.c */
void broke(uint64_t id);
void asked_again(uint64_t id, uint64_t at);
/* Writes the breaks' members of /stats. */
int describe_breaks(char *to, size_t length);
void forget_breaks(void);

#endif
