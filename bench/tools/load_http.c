/* Reads responses of HTTP/1.1, chunked or with a length. */
#include "load.h"
#include <strings.h>

#define LONGEST_HEAD 16384

void http_begin(Connection *c) {
    c->state = HEAD;
    c->status = 0;
    buffer_clear(&c->head);
    answer_begin(c);
}

static void read_headers(Connection *c) {
    c->status = c->head.length > 12 ? atoi(c->head.bytes + 9) : 0;
    c->chunked = c->closes = 0;
    c->left = 0;
    for (char *line = strchr(c->head.bytes, '\n'); line; line = strchr(line, '\n')) {
        line++;
        if (!strncasecmp(line, "content-length:", 15)) c->left = strtoul(line + 15, 0, 10);
        else if (!strncasecmp(line, "transfer-encoding: chunked", 26)) c->chunked = 1;
        else if (!strncasecmp(line, "connection: close", 17)) c->closes = 1;
    }
    c->chunk = SIZE_LINE;
    c->line_length = 0;
    c->state = BODY;
}

/* How many bytes it took; -1 when the connection is to be left. */
static ssize_t read_head(Connection *c, const char *bytes, size_t length, uint64_t at) {
    size_t before = c->head.length;
    if (before + length > LONGEST_HEAD) length = LONGEST_HEAD - before;
    buffer_add(&c->head, bytes, length);
    buffer_add(&c->head, "", 1);
    c->head.length--;
    char *end = length ? memmem(c->head.bytes, c->head.length, "\r\n\r\n", 4) : 0;
    if (!end) {
        if (length) return (ssize_t)length;
        connection_failed(c, "the headers are too long");
        return -1;
    }
    end[2] = 0;
    size_t taken = (size_t)(end + 4 - c->head.bytes) - before;
    read_headers(c);
    if (c->status == 100) {
        c->state = HEAD;
        buffer_clear(&c->head);
        return (ssize_t)taken;
    }
    if (!c->chunked && !c->left && !answer_complete(c, at)) return -1;
    return (ssize_t)taken;
}

static ssize_t read_data(Connection *c, const char *bytes, size_t length, uint64_t at) {
    size_t taken = length < c->left ? length : c->left;
    if (!answer_bytes(c, bytes, taken, at)) return -1;
    c->left -= taken;
    if (c->left) return (ssize_t)taken;
    c->chunk = DATA_END;
    if (!c->chunked && !answer_complete(c, at)) return -1;
    return (ssize_t)taken;
}

static ssize_t read_line(Connection *c, const char *bytes, size_t length, uint64_t at) {
    const char *end = memchr(bytes, '\n', length);
    size_t taken = end ? (size_t)(end + 1 - bytes) : length;
    for (size_t i = 0; i < taken && c->line_length < (int)sizeof c->line - 1; i++) c->line[c->line_length++] = bytes[i];
    if (!end) return (ssize_t)taken;
    c->line[c->line_length] = 0;
    int blank = c->line[0] == '\r' || c->line[0] == '\n';
    c->line_length = 0;
    if (c->chunk == DATA_END) {
        c->chunk = SIZE_LINE;
    } else if (c->chunk == TRAILER) {
        if (blank && !answer_complete(c, at)) return -1;
    } else {
        c->left = strtoul(c->line, 0, 16);
        c->chunk = c->left ? DATA : TRAILER;
    }
    return (ssize_t)taken;
}

void http_read(Connection *c, const char *bytes, size_t length, uint64_t at) {
    while (length) {
        ssize_t taken = c->state == HEAD                     ? read_head(c, bytes, length, at)
                        : !c->chunked || c->chunk == DATA ? read_data(c, bytes, length, at)
                                                             : read_line(c, bytes, length, at);
        if (taken < 0) return;
        bytes += taken;
        length -= (size_t)taken;
    }
    answer_read(c, at);
}
