/*
 * load: a cheap load generator for streamed and plain answers of a model, with epoll and no dependencies.
 *
 *   load -p PORT [options]          prints one line of JSON
 *
 *   -A chat|messages|responses      the client's protocol (chat)
 *   -m stream|json                  streamed or plain answers (stream)
 *   -U PATH  -M MODEL  -H 'Name: value'
 *   -c N     connections, each with one request after the other (64)    -R MS    time in which they are begun (500)
 *   -w S     warm-up (3)            -t S     seconds measured (10)      -N N     or: until N answers came, all measured
 *   -W S     a longer warm-up: until every connection has had a first text, but no longer than S (0)
 *   -n -d -f -b -x -e -s            go to the mock, see mock.c (-b is its p)
 *   -B N     only one answer in N is told to break (1)
 *   -K N     the client hangs up after N events, and connects anew
 *   -P PIDS  the processes whose CPU and memory are reported            -Q PIDS  the mock's
 *   -l LABEL
 *   -S       probe: tries each 2 ms until one answer came whole, and prints CLOCK_MONOTONIC at its end
 *
 * The latency of an event is the time between its stamp (see base.h), taken by the mock before it wrote, and its being
 * read here. "first_text" is the time from the request to the first text, without what the provider itself took. Both
 * hold for all answers begun in the measured time, "first_text" for those of the warm-up too. "other_cores" is what was
 * used by neither the processes of -P, the mock nor this one.
 */
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define PROBE_SECONDS 120
#define MOST_CONNECTS_AT_ONCE 256
#define EVENTS_A_WAIT 512

Options options = {.label = "", .model = "bench", .port = 8080, .connections = 64, .events = 50, .size = 200, .break_after = -1,
                   .error_after = -1, .status = 200, .break_every = 1, .hang_up_after = -1, .warm_up = 3, .seconds = 10, .ramp_ms = 500};
Figures figures;
int measuring, connections_heard;
static int epoll;
static long begun, completed;

/* ---- connections ---- */

static void connection_start(Connection *c) {
    int one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = c};
    c->state = CONNECTING;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    /* What goes wrong here is told by the socket's error, when it is ready. */
    if (connect(c->fd, (void *)&address, sizeof address) && errno != EINPROGRESS && measuring) figures.errors++;
    epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
}

static void connection_again(Connection *c) {
    close(c->fd);
    if (measuring) figures.reconnects++;
    connection_start(c);
}

static void send_request(Connection *c) {
    size_t length;
    if (options.total && begun == options.total) {
        close(c->fd);
        return;
    }
    begun++;
    const char *request = next_request(c, &length);
    http_begin(c);
    c->sent = now();
    /* A request is small: a socket that does not take it at once is broken, and says so when it is read. */
    if (send(c->fd, request, length, MSG_NOSIGNAL) != (ssize_t)length) shutdown(c->fd, SHUT_RDWR);
}

static void remember(const Connection *c, const char *why) {
    if (figures.message[0]) return;
    int length = (int)(buffer_left(&c->partial) < 160 ? buffer_left(&c->partial) : 160);
    snprintf(figures.message, sizeof figures.message, "%s (status %d, %ld events, errno %d) %.*s", why, c->status, c->got, errno, length,
             length ? c->partial.bytes + c->partial.from : "");
    for (char *p = figures.message; *p; p++)
        if (*p == '"' || *p == '\\' || (unsigned char)*p < 32 || (unsigned char)*p > 126) *p = '\'';
}

static void count_broken(const Connection *c) {
    if (measuring && c->breaks) figures.told_to_break++;
}

void connection_failed(Connection *c, const char *why) {
    if (options.probe) {
        close(c->fd);
        c->idle = 1;
        return;
    }
    count_broken(c);
    if (!c->breaks) {
        if (measuring) figures.errors++;
        remember(c, why);
    }
    if (c->state != CONNECTING) completed++;
    connection_again(c);
}

void hang_up(Connection *c) {
    if (measuring) figures.hung_up++;
    completed++;
    connection_again(c);
}

static void count_answer(Connection *c) {
    int whole = c->status == 200 && answer_whole(c);
    count_broken(c);
    if (c->breaks) {
        if (measuring) figures.whole += (unsigned)whole;
        return;
    }
    if (!whole) remember(c, c->status != 200 ? "refused" : c->wrong ? "out of order" : "incomplete");
    if (!measuring || whole) return;
    if (c->status != 200) figures.refused++;
    else if (c->wrong) figures.out_of_order++;
    else figures.incomplete++;
}

static int probe_answered(Connection *c, uint64_t at) {
    if (c->status == 200 && answer_whole(c)) {
        printf("%lu\n", at);
        exit(0);
    }
    connection_failed(c, "probe");
    return 0;
}

int answer_complete(Connection *c, uint64_t at) {
    if (options.probe) return probe_answered(c, at);
    answer_read(c, at);
    count_answer(c);
    completed++;
    if (measuring) {
        figures.requests++;
        histogram_add(&figures.request, at - c->sent);
    }
    if (c->closes) {
        connection_again(c);
        return 0;
    }
    send_request(c);
    return 1;
}

static void on_connected(Connection *c) {
    int error = 0;
    socklen_t length = sizeof error;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error) {
        errno = error;
        if (!options.probe) usleep(1000);
        connection_failed(c, "cannot connect");
        return;
    }
    epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &event);
    send_request(c);
}

static void on_readable(Connection *c) {
    static char bytes[65536];
    ssize_t got = recv(c->fd, bytes, sizeof bytes, 0);
    uint64_t at = now();
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        connection_failed(c, got ? "reset" : "closed early");
        return;
    }
    if (measuring) figures.bytes += (uint64_t)got;
    http_read(c, bytes, (size_t)got, at);
}

/* ---- the loop ---- */

static void wait_and_read(int milliseconds) {
    struct epoll_event events[EVENTS_A_WAIT];
    int count = epoll_wait(epoll, events, EVENTS_A_WAIT, milliseconds);
    for (int i = 0; i < count; i++) {
        Connection *c = events[i].data.ptr;
        if (c->state == CONNECTING) on_connected(c);
        else on_readable(c);
    }
}

static int probe(Connection *c, uint64_t begin) {
    for (c->idle = 1; now() - begin < PROBE_SECONDS * 1000000000ull;) {
        if (c->idle) {
            c->idle = 0;
            connection_start(c);
        }
        wait_and_read(20);
        if (c->idle) usleep(2000);
    }
    return 1;
}

static int due_connections(uint64_t begin) {
    double elapsed_ms = (double)(now() - begin) / 1e6;
    if (!options.ramp_ms || elapsed_ms >= options.ramp_ms) return options.connections;
    return (int)(elapsed_ms / options.ramp_ms * options.connections) + 1;
}

static int warm(double elapsed) {
    if (options.total) return 1;
    if (elapsed < options.warm_up) return 0;
    return elapsed >= options.patience || connections_heard == options.connections;
}

static void run(Connection *connections, uint64_t begin) {
    uint64_t measured_from = 0;
    for (int started = 0; !options.total || completed < options.total;) {
        uint64_t t = now();
        int due = due_connections(begin);
        for (int i = 0; started < due && i < MOST_CONNECTS_AT_ONCE; i++) connection_start(&connections[started++]);
        if (!measuring && warm((double)(t - begin) / 1e9)) {
            measuring = 1;
            measured_from = t;
            report_begin();
        }
        if (measuring && (double)(t - measured_from) >= options.seconds * 1e9) break;
        wait_and_read(started < options.connections ? 1 : 20);
    }
}

/* ---- options ---- */

static Protocol protocol_named(const char *name) {
    if (!strcmp(name, "messages")) return MESSAGES;
    return !strcmp(name, "responses") ? RESPONSES : CHAT;
}

static void add_header(const char *header) {
    size_t length = strlen(options.headers);
    snprintf(options.headers + length, sizeof options.headers - length, "%s\r\n", header);
}

static int read_option(int letter, const char *value) {
    switch (letter) {
    case 'p': options.port = atoi(value); break;
    case 'A': options.protocol = protocol_named(value); break;
    case 'm': options.json = !strcmp(value, "json"); break;
    case 'U': options.path = value; break;
    case 'M': options.model = value; break;
    case 'H': add_header(value); break;
    case 'c': options.connections = atoi(value); break;
    case 'R': options.ramp_ms = atoi(value); break;
    case 'w': options.warm_up = atof(value); break;
    case 'W': options.patience = atof(value); break;
    case 't': options.seconds = atof(value); break;
    case 'N': options.total = atol(value); break;
    case 'n': options.events = atol(value); break;
    case 'd': options.pace_us = atol(value); break;
    case 'f': options.first_us = atol(value); break;
    case 'b': options.size = atol(value); break;
    case 'x': options.break_after = atol(value); break;
    case 'e': options.error_after = atol(value); break;
    case 's': options.status = atol(value); break;
    case 'B': options.break_every = atol(value); break;
    case 'K': options.hang_up_after = atol(value); break;
    case 'P': options.watched = value; break;
    case 'Q': options.mock = value; break;
    case 'l': options.label = value; break;
    case 'S': options.probe = 1; break;
    default: return 0;
    }
    return 1;
}

int main(int count, char **arguments) {
    static const char *const PATHS[] = {"/v1/chat/completions", "/v1/messages", "/v1/responses"};
    int letter;
    while ((letter = getopt(count, arguments, "p:A:m:U:M:H:c:R:w:W:t:N:n:d:f:b:x:e:s:B:K:P:Q:l:S")) > 0)
        if (!read_option(letter, optarg)) {
            fputs("usage: load -p PORT [options]; they are listed at the head of load.c\n", stderr);
            return 2;
        }
    if (!options.path) options.path = PATHS[options.protocol];
    if (options.break_every < 1) options.break_every = 1;
    signal(SIGPIPE, SIG_IGN);
    allow_many_files();
    prepare_requests();
    epoll = epoll_create1(EPOLL_CLOEXEC);
    Connection *connections = checked(calloc((size_t)options.connections, sizeof *connections));
    if (options.probe) return probe(connections, now());
    run(connections, now());
    report();
    return 0;
}
