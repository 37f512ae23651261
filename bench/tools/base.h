/* What the mock and the load tool share: the clock, a growing buffer, a histogram, the stamps. */
#ifndef BASE_H
#define BASE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef enum { CHAT, MESSAGES, RESPONSES } Protocol;

/* Nanoseconds of CLOCK_MONOTONIC: one clock for all processes of a machine, Python's time.monotonic_ns too. */
static inline uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static inline void allow_many_files(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

static inline void *checked(void *memory) {
    if (!memory) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

/* Bytes between `from` and `length` are still wanted. */
typedef struct {
    char *bytes;
    size_t length, from, capacity;
} Buffer;

static inline void buffer_reserve(Buffer *buffer, size_t more) {
    if (buffer->from == buffer->length) buffer->from = buffer->length = 0;
    if (buffer->length + more <= buffer->capacity) return;
    buffer->capacity = (buffer->length + more) * 2;
    buffer->bytes = checked(realloc(buffer->bytes, buffer->capacity));
}

static inline void buffer_add(Buffer *buffer, const char *bytes, size_t length) {
    if (!length) return;
    buffer_reserve(buffer, length);
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
}

static inline void buffer_add_text(Buffer *buffer, const char *text) { buffer_add(buffer, text, strlen(text)); }

static inline void buffer_clear(Buffer *buffer) { buffer->from = buffer->length = 0; }

static inline size_t buffer_left(const Buffer *buffer) { return buffer->length - buffer->from; }

static inline void buffer_free(Buffer *buffer) {
    free(buffer->bytes);
    memset(buffer, 0, sizeof *buffer);
}

/* Writes a number in decimal digits, at least `width` of them, and returns where it ends. */
static inline char *put_number(char *to, uint64_t number, int width) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    while (count < width) digits[count++] = '0';
    while (count) *to++ = digits[--count];
    return to;
}

/*
 * A stamp stands in the text of an event: ` w<index>@<19 digits of nanoseconds>`, and behind the first of an
 * answer, or of a continuation, `!<nanoseconds between the request and the provider's first text>`.
 */
#define STAMP_DIGITS 19

typedef struct {
    const char *begin; /* at the w */
    const char *end;
    long index, wait; /* wait: -1 where it says none */
    uint64_t written;
} Stamp;

static inline int is_digit(char c) { return c >= '0' && c <= '9'; }

/* Whether there is a stamp around the @ at `at`. */
static inline int stamp_at(const char *begin, const char *at, const char *end, Stamp *stamp) {
    const char *digits = at + 1, *w = at;
    if (end - digits < STAMP_DIGITS) return 0;
    stamp->written = 0;
    for (int i = 0; i < STAMP_DIGITS; i++) {
        if (!is_digit(digits[i])) return 0;
        stamp->written = stamp->written * 10 + (uint64_t)(digits[i] - '0');
    }
    while (w > begin && is_digit(w[-1])) w--;
    if (w == at || w == begin || w[-1] != 'w') return 0;
    stamp->index = 0;
    for (const char *p = w; p < at; p++) stamp->index = stamp->index * 10 + (*p - '0');
    stamp->begin = w - 1;
    stamp->end = digits + STAMP_DIGITS;
    stamp->wait = -1;
    if (stamp->end < end && *stamp->end == '!') {
        stamp->wait = 0;
        for (stamp->end++; stamp->end < end && is_digit(*stamp->end); stamp->end++)
            stamp->wait = stamp->wait * 10 + (*stamp->end - '0');
    }
    return 1;
}

/* The first stamp behind `from`, or none. */
static inline int next_stamp(const char *from, const char *end, Stamp *stamp) {
    for (const char *at = from; (at = memchr(at, '@', (size_t)(end - at))); at++)
        if (stamp_at(from, at, end, stamp)) return 1;
    return 0;
}

static inline int last_stamp(const char *from, const char *end, Stamp *stamp) {
    for (const char *before = end, *at; (at = memrchr(from, '@', (size_t)(before - from))); before = at)
        if (stamp_at(from, at, end, stamp)) return 1;
    return 0;
}

/* Nanoseconds in buckets of 1.6 %: 64 for each power of two. */
#define HISTOGRAM_BUCKETS (59 * 64)

typedef struct {
    uint64_t count, max, buckets[HISTOGRAM_BUCKETS];
} Histogram;

static inline void histogram_add(Histogram *histogram, uint64_t value) {
    int shift = value < 64 ? 0 : 57 - __builtin_clzll(value);
    size_t bucket = value < 64 ? value : (size_t)(shift + 1) * 64 + ((value >> shift) & 63);
    histogram->buckets[bucket]++;
    histogram->count++;
    if (value > histogram->max) histogram->max = value;
}

/* In microseconds: the value that a share `q` of the others does not exceed; 0 of none. */
static inline double histogram_quantile(const Histogram *histogram, double q) {
    uint64_t wanted = (uint64_t)(q * (double)histogram->count), seen = 0;
    for (size_t bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        seen += histogram->buckets[bucket];
        if (seen <= wanted) continue;
        if (bucket < 64) return (double)bucket / 1e3;
        int shift = (int)(bucket / 64) - 1;
        uint64_t middle = ((64 + bucket % 64) << shift) + ((1ull << shift) >> 1);
        return (double)(middle < histogram->max ? middle : histogram->max) / 1e3;
    }
    return (double)histogram->max / 1e3;
}

#endif
