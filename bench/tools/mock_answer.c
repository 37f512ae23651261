/* The answers of the three protocols, event by event as their providers send them. */
#include "mock.h"
#include <stdarg.h>

#define CREATED "1760000000"
#define STREAM_HEAD \
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n" \
    "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"

/* The event around its text, and the size of the Chat Completions one without any: what "p=" counts in. */
#define CHAT_HEAD "\"object\":\"chat.completion.chunk\",\"created\":" CREATED ",\"model\":\"mock-1\","
#define CHAT_BARE 175
#define STAMP_BARE 24
#define LEAST_PADDING 8
#define LONGEST_EVENT 4096

/* Padding begins somewhere else in each event, so that an answer does not repeat itself. */
static const char WORDS[] =
    " the river goes on and the boats go with it past mills and meadows under old bridges while a bell rings twice"
    " from some far tower and children count the barrels on the quay before rain drives them home to supper and to"
    " stories of the sea that none of them has seen but each will tell again at night with larger fish and taller"
    " waves until the lamp burns low and even the smallest sleeps and only the river is awake and says what it has"
    " always said to banks that never answer";
#define WORDS_LENGTH (sizeof WORDS - 1)

/* ---- chunks ---- */

#define SIZE_DIGITS 6

/* Where the chunk's bytes begin; its size is written by chunk_close. */
static size_t chunk_open(Buffer *out) {
    buffer_add(out, "000000\r\n", SIZE_DIGITS + 2);
    return out->length;
}

static void chunk_close(Buffer *out, size_t begin) {
    size_t size = out->length - begin;
    char *digits = out->bytes + begin - 2;
    for (int i = 0; i < SIZE_DIGITS; i++, size >>= 4) *--digits = "0123456789abcdef"[size & 15];
    buffer_add(out, "\r\n", 2);
}

__attribute__((format(printf, 2, 3))) static void add(Buffer *out, const char *format, ...) {
    va_list arguments;
    buffer_reserve(out, LONGEST_EVENT);
    va_start(arguments, format);
    out->length += (size_t)vsnprintf(out->bytes + out->length, LONGEST_EVENT, format, arguments);
    va_end(arguments);
}

/* One event in a chunk of its own. */
#define EVENT(connection, ...) \
    do { \
        size_t begin_ = chunk_open(&(connection)->out); \
        add(&(connection)->out, __VA_ARGS__); \
        chunk_close(&(connection)->out, begin_); \
    } while (0)

/* ---- text ---- */

static void add_padding(Buffer *out, long length, long index) {
    if (length < LEAST_PADDING) return;
    for (size_t at = (size_t)index * 37 % WORDS_LENGTH; length > 0; at = 0) {
        size_t piece = WORDS_LENGTH - at < (size_t)length ? WORDS_LENGTH - at : (size_t)length;
        buffer_add(out, WORDS + at, piece);
        length -= (long)piece;
    }
}

static void add_stamp(Buffer *out, long index, long wait) {
    char stamp[64], *p = stamp;
    *p++ = ' ';
    *p++ = 'w';
    p = put_number(p, (uint64_t)index, 1);
    *p++ = '@';
    p = put_number(p, now(), STAMP_DIGITS);
    if (wait >= 0) {
        *p++ = '!';
        p = put_number(p, (uint64_t)wait, 1);
    }
    buffer_add(out, stamp, (size_t)(p - stamp));
}

/* How long the event at the front of what is to be repeated was: up to the next stamp. */
static size_t first_piece(const char *text, size_t length) {
    Stamp stamp;
    const char *from = text, *end = text + length;
    while (next_stamp(from, end, &stamp)) {
        if (stamp.begin > text + 1) return (size_t)(stamp.begin - 1 - text);
        from = stamp.end;
    }
    return length;
}

static void add_repeated(Connection *c) {
    Buffer *repeat = &c->repeat;
    size_t length = first_piece(repeat->bytes + repeat->from, buffer_left(repeat));
    buffer_add(&c->out, repeat->bytes + repeat->from, length);
    repeat->from += length;
}

static void add_new(Connection *c) {
    add_stamp(&c->out, c->index, c->tells_wait ? c->wait : -1);
    add_padding(&c->out, c->directive.size - CHAT_BARE - STAMP_BARE, c->index);
    c->tells_wait = 0;
    c->index++;
}

static void add_text(Connection *c) {
    if (c->wait < 0) c->wait = (long)(now() - c->asked);
    size_t begin = c->out.length;
    if (buffer_left(&c->repeat))
        add_repeated(c);
    else
        add_new(c);
    c->written++;
    if (c->protocol == RESPONSES) buffer_add(&c->text, c->out.bytes + begin, c->out.length - begin);
}

/* ---- Chat Completions ---- */

static void chat_chunk(Connection *c, const char *rest) {
    EVENT(c, "data: {\"id\":\"chatcmpl-%08x\"," CHAT_HEAD "%s}\n\n", (unsigned)c->fd, rest);
}

static void chat_open(Connection *c) {
    chat_chunk(c, "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]");
}

static void chat_text(Connection *c) {
    static const char HEAD[] = "data: {\"id\":\"chatcmpl-00000000\"," CHAT_HEAD "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
    static const char TAIL[] = "\"},\"finish_reason\":null}]}\n\n";
    size_t id = c->out.length + (size_t)(strchr(HEAD, '-') + 1 - HEAD);
    buffer_add(&c->out, HEAD, sizeof HEAD - 1);
    for (int digit = 0; digit < 8; digit++)
        c->out.bytes[id + (size_t)digit] = "0123456789abcdef"[((unsigned)c->fd >> (28 - 4 * digit)) & 15];
    add_text(c);
    buffer_add(&c->out, TAIL, sizeof TAIL - 1);
}

static void chat_close(Connection *c) {
    char usage[128];
    chat_chunk(c, "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
    if (c->with_usage) {
        snprintf(usage, sizeof usage, "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":%ld,\"total_tokens\":%ld}",
                 c->written, c->written + 9);
        chat_chunk(c, usage);
    }
    EVENT(c, "data: [DONE]\n\n");
}

/* ---- Messages ---- */

#define MESSAGE_START \
    "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_%08x\",\"type\":\"message\",\"role\":\"assistant\"," \
    "\"model\":\"mock-1\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":9," \
    "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":1,\"service_tier\":\"standard\"}}}\n\n"

static void messages_open(Connection *c) {
    EVENT(c, MESSAGE_START, (unsigned)c->fd);
    EVENT(c, "event: content_block_start\n"
             "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n");
    EVENT(c, "event: ping\ndata: {\"type\":\"ping\"}\n\n");
}

static void messages_text(Connection *c) {
    static const char HEAD[] = "event: content_block_delta\n"
                               "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"";
    static const char TAIL[] = "\"}}\n\n";
    buffer_add(&c->out, HEAD, sizeof HEAD - 1);
    add_text(c);
    buffer_add(&c->out, TAIL, sizeof TAIL - 1);
}

static void messages_close(Connection *c) {
    EVENT(c, "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n");
    EVENT(c, "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
             "\"usage\":{\"output_tokens\":%ld}}\n\n", c->written);
    EVENT(c, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
}

/* ---- Responses ---- */

/* The object `response` up to its output, and behind it. */
#define RESPONSE_HEAD \
    "\"id\":\"resp_%08x\",\"object\":\"response\",\"created_at\":" CREATED ",\"status\":\"%s\",\"error\":%s,\"incomplete_details\":null," \
    "\"instructions\":null,\"metadata\":{},\"model\":\"mock-1\",\"parallel_tool_calls\":true,\"temperature\":1.0,\"tool_choice\":\"auto\"," \
    "\"tools\":[],\"top_p\":1.0,\"output\":["
#define RESPONSE_USAGE \
    "],\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":%ld," \
    "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":%ld}"
#define PART_HEAD "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\""

static void responses_head(Connection *c, const char *type) {
    add(&c->out, "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%ld,", type, type, c->sequence++);
}

static void responses_status(Connection *c, const char *type) {
    size_t begin = chunk_open(&c->out);
    responses_head(c, type);
    add(&c->out, "\"response\":{" RESPONSE_HEAD "],\"usage\":null}}\n\n", (unsigned)c->fd, "in_progress", "null");
    chunk_close(&c->out, begin);
}

static void add_item(Connection *c, const char *status, int with_text) {
    add(&c->out, "{\"id\":\"msg_%08x\",\"type\":\"message\",\"role\":\"assistant\",\"status\":\"%s\",\"content\":[", (unsigned)c->fd, status);
    if (with_text) {
        buffer_add_text(&c->out, PART_HEAD);
        buffer_add(&c->out, c->text.bytes, c->text.length);
        buffer_add_text(&c->out, "\"}");
    }
    buffer_add_text(&c->out, "]}");
}

static void responses_item(Connection *c, const char *type, const char *status, int with_text) {
    size_t begin = chunk_open(&c->out);
    responses_head(c, type);
    buffer_add_text(&c->out, "\"output_index\":0,\"item\":");
    add_item(c, status, with_text);
    buffer_add_text(&c->out, "}\n\n");
    chunk_close(&c->out, begin);
}

/* An event about the one part, whose text stands between `head` and `tail`. */
static void responses_part(Connection *c, const char *type, const char *head, int with_text, const char *tail) {
    size_t begin = chunk_open(&c->out);
    responses_head(c, type);
    add(&c->out, "\"item_id\":\"msg_%08x\",\"output_index\":0,\"content_index\":0,%s", (unsigned)c->fd, head);
    if (with_text) buffer_add(&c->out, c->text.bytes, c->text.length);
    buffer_add_text(&c->out, tail);
    chunk_close(&c->out, begin);
}

static void responses_open(Connection *c) {
    responses_status(c, "response.created");
    responses_status(c, "response.in_progress");
    responses_item(c, "response.output_item.added", "in_progress", 0);
    responses_part(c, "response.content_part.added", "\"part\":" PART_HEAD, 0, "\"}}\n\n");
}

static void responses_text(Connection *c) {
    static const char HEAD[] = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":";
    static const char TAIL[] = "\",\"logprobs\":[]}\n\n";
    char between[128];
    buffer_add(&c->out, HEAD, sizeof HEAD - 1);
    int length = snprintf(between, sizeof between, "%ld,\"item_id\":\"msg_%08x\",\"output_index\":0,\"content_index\":0,\"delta\":\"",
                          c->sequence++, (unsigned)c->fd);
    buffer_add(&c->out, between, (size_t)length);
    add_text(c);
    buffer_add(&c->out, TAIL, sizeof TAIL - 1);
}

static void responses_close(Connection *c) {
    responses_part(c, "response.output_text.done", "\"logprobs\":[],\"text\":\"", 1, "\"}\n\n");
    responses_part(c, "response.content_part.done", "\"part\":" PART_HEAD, 1, "\"}}\n\n");
    responses_item(c, "response.output_item.done", "completed", 1);
    size_t begin = chunk_open(&c->out);
    responses_head(c, "response.completed");
    add(&c->out, "\"response\":{" RESPONSE_HEAD, (unsigned)c->fd, "completed", "null");
    add_item(c, "completed", 1);
    add(&c->out, RESPONSE_USAGE "}}\n\n", c->written, c->written + 9);
    chunk_close(&c->out, begin);
}

/* ---- a stream of any protocol ---- */

void stream_open(Connection *c) {
    static void (*const OPEN[])(Connection *) = {chat_open, messages_open, responses_open};
    buffer_add(&c->out, STREAM_HEAD, sizeof STREAM_HEAD - 1);
    OPEN[c->protocol](c);
}

void stream_text(Connection *c) {
    static void (*const TEXT[])(Connection *) = {chat_text, messages_text, responses_text};
    size_t begin = chunk_open(&c->out);
    TEXT[c->protocol](c);
    chunk_close(&c->out, begin);
}

void stream_close(Connection *c) {
    static void (*const CLOSE[])(Connection *) = {chat_close, messages_close, responses_close};
    CLOSE[c->protocol](c);
}

void stream_error(Connection *c) {
    if (c->protocol == CHAT)
        EVENT(c, "data: {\"error\":{\"message\":\"The mock is overloaded, as told\",\"type\":\"server_error\",\"code\":503}}\n\n");
    else if (c->protocol == MESSAGES)
        EVENT(c, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded, as told\"}}\n\n");
    else
        EVENT(c, "event: error\ndata: {\"type\":\"error\",\"sequence_number\":%ld,\"error\":{\"type\":\"server_error\","
                 "\"code\":\"server_error\",\"message\":\"The mock failed, as told\",\"param\":null}}\n\n", c->sequence++);
}

void stream_end(Connection *c) { buffer_add_text(&c->out, "0\r\n\r\n"); }

/* ---- whole answers ---- */

void answer_plain(Connection *c, const char *type, int status, const char *body) {
    add(&c->out, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", status, status == 200 ? "OK" : "Error", type,
        strlen(body));
    buffer_add_text(&c->out, body);
}

void answer_status(Connection *c, Protocol protocol, int status) {
    char body[256];
    const char *type = status == 429 ? "rate_limit_error" : status == 503 || status == 529 ? "overloaded_error" : "api_error";
    if (protocol == MESSAGES)
        snprintf(body, sizeof body, "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"As told: %d\"}}", type, status);
    else
        snprintf(body, sizeof body, "{\"error\":{\"message\":\"As told: %d\",\"type\":\"%s\",\"param\":null,\"code\":null}}", status, type);
    answer_plain(c, "application/json", status, body);
}

#define DOCUMENT_TEXT 650

static void add_document(Buffer *body, Protocol protocol, unsigned id, const char *text) {
    if (protocol == CHAT)
        add(body, "{\"id\":\"chatcmpl-%08x\",\"object\":\"chat.completion\",\"created\":" CREATED ",\"model\":\"mock-1\",\"choices\":[{"
                  "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\",\"refusal\":null},\"logprobs\":null,"
                  "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":120,\"total_tokens\":129}}", id, text);
    else if (protocol == MESSAGES)
        add(body, "{\"id\":\"msg_%08x\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"mock-1\",\"content\":[{\"type\":\"text\","
                  "\"text\":\"%s\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,"
                  "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"output_tokens\":120}}", id, text);
    else
        add(body, "{" RESPONSE_HEAD "{\"id\":\"msg_%08x\",\"type\":\"message\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":["
                  PART_HEAD "%s\"}]}" RESPONSE_USAGE "}", id, "completed", "null", id, text, 120L, 129L);
}

void answer_document(Connection *c, Protocol protocol, uint64_t asked) {
    Buffer text = {0}, body = {0};
    add_stamp(&text, 0, (long)(now() - asked));
    add_padding(&text, DOCUMENT_TEXT, 0);
    buffer_add(&text, "", 1);
    add_document(&body, protocol, (unsigned)c->fd, text.bytes);
    buffer_add(&body, "", 1);
    answer_plain(c, "application/json", 200, body.bytes);
    buffer_free(&text);
    buffer_free(&body);
}
