/* The load tool's parts: the loop (load.c), requests (load_request.c), HTTP (load_http.c), events (load_events.c), figures (load_report.c). */
#ifndef LOAD_H
#define LOAD_H

#include "base.h"

typedef struct {
    const char *label, *path, *model, *watched, *mock;
    char headers[2048];
    Protocol protocol;
    int port, connections, json, probe;
    long events, pace_us, first_us, size, break_after, error_after, status;
    long break_every;   /* one answer in so many is told to break */
    long hang_up_after; /* events after which the client leaves; -1: never */
    long total;         /* requests after which it ends; 0: by the time */
    double warm_up, patience, seconds;
    int ramp_ms;
} Options;

typedef enum { CONNECTING, HEAD, BODY } State;
typedef enum { SIZE_LINE, DATA, DATA_END, TRAILER } ChunkState;

typedef struct {
    int fd, idle, heard; /* heard: it once had a text */
    State state;
    uint64_t sent;
    int breaks; /* whether this answer was told to break */

    int status, chunked, closes;
    ChunkState chunk;
    size_t left; /* of the body, or of the chunk */
    char line[24];
    int line_length;
    Buffer head, partial; /* partial: an event not all of which is here; the whole body of a plain answer */

    long got;          /* text events */
    int ended, wrong;  /* its protocol's proper end was seen; an index was not the next one */
    int failed;        /* an error event was seen */
    uint64_t last_text; /* when the last one was read */
    uint64_t seam;      /* the newest stamp of what was read behind a seam, until it is counted */
} Connection;

/* What happened while measuring. Streams told to break are counted apart from those that went wrong by themselves. */
typedef struct {
    uint64_t events, bytes, requests, errors, refused, incomplete, out_of_order, hung_up, reconnects;
    uint64_t told_to_break, whole;
    Histogram latency, first_text, request, seam_gap, seam_beyond, seam_release;
    char message[400];
} Figures;

extern Options options;
extern Figures figures;
extern int measuring;
extern int connections_heard;

/* load.c */
void connection_failed(Connection *c, const char *why);
/* The answer is complete. Whether the connection goes on by the same socket. */
int answer_complete(Connection *c, uint64_t at);
void hang_up(Connection *c);

/* load_request.c */
void prepare_requests(void);
/* The next request, in `length` bytes that stay until the next call. */
const char *next_request(Connection *c, size_t *length);

/* load_http.c: what was read; it may close the connection, and start the next request on it. */
void http_begin(Connection *c);
void http_read(Connection *c, const char *bytes, size_t length, uint64_t at);

/* load_events.c */
void answer_begin(Connection *c);
/* Whether the client wants to go on. */
int answer_bytes(Connection *c, const char *bytes, size_t length, uint64_t at);
void answer_read(Connection *c, uint64_t at);
/* Whether a stream, or a plain answer, is all that it should be. */
int answer_whole(Connection *c);

/* load_report.c */
void report_begin(void);
void report(void);

#endif
