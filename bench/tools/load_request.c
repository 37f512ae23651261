/* The requests of the three protocols. Each carries the mock's directive in its user message. */
#include "load.h"

#define SYSTEM "You are a helpful assistant. Answer briefly and precisely, and say so when you do not know."
#define USER "Write a short story about a gateway that forwards tokens as fast as it can."
#define ID_DIGITS 16

typedef struct {
    char *bytes, *id; /* where the id stands in the bytes */
    size_t length;
} Template;

static Template plain, breaking;

/* One of -H takes its place. */
static const char *credential(void) {
    if (strcasestr(options.headers, "authorization:") || strcasestr(options.headers, "x-api-key:")) return "";
    return options.protocol == MESSAGES ? "x-api-key: sk-bench\r\n" : "Authorization: Bearer sk-bench\r\n";
}

static void write_body(Buffer *body, const char *directive) {
    static const char *const FORM[] = {
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"system\",\"content\":\"" SYSTEM "\"},"
        "{\"role\":\"user\",\"content\":\"" USER " %s\"}],\"stream\":%s,\"temperature\":0.7}",
        "{\"model\":\"%s\",\"max_tokens\":32000,\"system\":\"" SYSTEM "\","
        "\"messages\":[{\"role\":\"user\",\"content\":\"" USER " %s\"}],\"stream\":%s,\"temperature\":0.7}",
        "{\"model\":\"%s\",\"instructions\":\"" SYSTEM "\","
        "\"input\":[{\"role\":\"user\",\"content\":\"" USER " %s\"}],\"stream\":%s,\"store\":false,\"temperature\":0.7}",
    };
    buffer_reserve(body, 4096);
    body->length = (size_t)snprintf(body->bytes, 4096, FORM[options.protocol], options.model, directive, options.json ? "false" : "true");
}

static Template prepare(long break_after, long error_after) {
    char directive[512];
    Buffer body = {0}, request = {0};
    snprintf(directive, sizeof directive, "mock n=%ld d=%ld f=%ld p=%ld x=%ld e=%ld s=%ld id=%0*d", options.events, options.pace_us,
             options.first_us, options.size, break_after, error_after, options.status, ID_DIGITS, 0);
    write_body(&body, directive);
    buffer_reserve(&request, 16384);
    request.length = (size_t)snprintf(request.bytes, 16384,
                                      "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nAccept: */*\r\n"
                                      "%s%s%sContent-Length: %zu\r\n\r\n%s",
                                      options.path, options.port, options.protocol == MESSAGES ? "anthropic-version: 2023-06-01\r\n" : "",
                                      credential(), options.headers, body.length, body.bytes);
    buffer_free(&body);
    Template template = {request.bytes, strstr(request.bytes, "id=0000") + 3, request.length};
    return template;
}

void prepare_requests(void) {
    plain = prepare(-1, -1);
    breaking = prepare(options.break_after, options.error_after);
}

const char *next_request(Connection *c, size_t *length) {
    static uint64_t number, run;
    if (!run) run = now() << 24;
    uint64_t id = run + ++number;
    c->breaks = (options.break_after >= 0 || options.error_after >= 0) && number % (uint64_t)options.break_every == 0;
    Template *template = c->breaks ? &breaking : &plain;
    for (int digit = ID_DIGITS; digit--; id >>= 4) template->id[digit] = "0123456789abcdef"[id & 15];
    *length = template->length;
    return template->bytes;
}
