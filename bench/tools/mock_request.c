/* What a request asks for: its framing, its directive, and where it wants an answer to go on. */
#include "mock.h"
#include <strings.h>

static const Directive DEFAULTS = {
    .events = 50, .size = 200, .break_after = -1, .error_after = -1, .status = 200};

static void set(Directive *directive, const char *key, size_t length, const char *value) {
    if (length == 2 && !memcmp(key, "id", 2)) directive->id = strtoull(value, 0, 16);
    if (length != 1) return;
    long number = atol(value);
    switch (*key) {
    case 'n': directive->events = number; break;
    case 'd': directive->pace_us = number; break;
    case 'f': directive->first_us = number; break;
    case 'p': directive->size = number; break;
    case 'x': directive->break_after = number; break;
    case 'e': directive->error_after = number; break;
    case 's': directive->status = number; break;
    }
}

/* Reads `key=value` after `key=value` behind the word "mock", up to the end of the text that they stand in. */
static Directive directive_in(const char *body, size_t length) {
    Directive directive = DEFAULTS;
    const char *p = memmem(body, length, "mock ", 5), *end = body + length;
    if (!p) return directive;
    for (p += 5; p < end && *p != '"' && *p != '\\'; p++) {
        const char *key = p;
        while (p < end && *p != '=' && *p != ' ' && *p != '"') p++;
        if (p >= end || *p == '"') break;
        if (*p == '=') set(&directive, key, (size_t)(p - key), p + 1);
        while (p < end && *p != ' ' && *p != '"') p++;
        if (p >= end || *p == '"') break;
    }
    return directive;
}

static const char *last_of(const char *from, const char *end, const char *wanted) {
    size_t length = strlen(wanted);
    for (const char *p = end - length; p >= from; p--)
        if (!memcmp(p, wanted, length)) return p;
    return 0;
}

/*
 * A request in which stamps stand goes on from the last of them. Where a user quotes the end of the answer between
 * two lines of dashes and asks to repeat it, that is what comes first.
 */
static void find_continuation(const char *body, size_t length, Request *request) {
    static const char MARK[] = "\\n-----\\n";
    const char *end = body + length;
    Stamp stamp;
    if (!last_stamp(body, end, &stamp)) return;
    request->from = stamp.index + 1;
    const char *close = last_of(body, end, MARK);
    const char *open = close ? last_of(body, close, MARK) : 0;
    if (!open) return;
    request->anchor = open + sizeof MARK - 1;
    request->anchor_length = (size_t)(close - request->anchor);
}

static int says_true(const char *body, size_t length, const char *member) {
    const char *end = body + length, *p = memmem(body, length, member, strlen(member));
    if (!p) return 0;
    for (p += strlen(member); p < end && (*p == ' ' || *p == ':'); p++) continue;
    return end - p >= 4 && !memcmp(p, "true", 4);
}

static Protocol protocol_of(const char *path, size_t length) {
    if (memmem(path, length, "/messages", 9)) return MESSAGES;
    return memmem(path, length, "/responses", 10) ? RESPONSES : CHAT;
}

void read_request(const char *head, size_t head_length, const char *body, size_t body_length, Request *request) {
    const char *path = memchr(head, ' ', head_length);
    path = path ? path + 1 : head;
    size_t path_length = strcspn(path, " \r\n");
    memset(request, 0, sizeof *request);
    request->protocol = protocol_of(path, path_length);
    request->obeys = strncmp(path, "/second/", 8) != 0;
    request->streams = says_true(body, body_length, "\"stream\"");
    request->with_usage = says_true(body, body_length, "\"include_usage\"");
    request->directive = directive_in(body, body_length);
    if (!request->obeys) {
        request->directive.break_after = request->directive.error_after = -1;
        request->directive.status = 200;
    }
    find_continuation(body, body_length, request);
}

/* The end of a chunked body that begins at `chunk`, or null while it is not all there; joins it if `joined` is given. */
static char *chunks_end(char *chunk, char *end, char **joined) {
    for (;;) {
        char *line = memmem(chunk, (size_t)(end - chunk), "\r\n", 2);
        if (!line) return 0;
        size_t size = strtoul(chunk, 0, 16);
        chunk = line + 2;
        if (!size) return chunk + 2 <= end ? chunk + 2 : 0;
        if (chunk + size + 2 > end) return 0;
        if (joined) {
            memmove(*joined, chunk, size);
            *joined += size;
        }
        chunk += size + 2;
    }
}

static const char *header(const char *head, const char *end, const char *name) {
    for (const char *line = head; line && line < end; line = memchr(line, '\n', (size_t)(end - line)), line = line ? line + 1 : 0)
        if (!strncasecmp(line, name, strlen(name))) return line + strlen(name);
    return 0;
}

size_t request_length(Buffer *in, size_t *head_length, size_t *body_length) {
    buffer_reserve(in, 1);
    in->bytes[in->length] = 0;
    char *head = in->bytes + in->from, *end = in->bytes + in->length;
    char *body = memmem(head, (size_t)(end - head), "\r\n\r\n", 4);
    if (!body) return 0;
    body += 4;
    *head_length = (size_t)(body - head);
    if (header(head, body, "transfer-encoding:")) {
        char *joined = body, *after = chunks_end(body, end, 0);
        if (!after) return 0;
        chunks_end(body, end, &joined);
        *body_length = (size_t)(joined - body);
        return (size_t)(after - head);
    }
    const char *length = header(head, body, "content-length:");
    *body_length = length ? strtoul(length, 0, 10) : 0;
    return (size_t)(end - body) >= *body_length ? *head_length + *body_length : 0;
}
