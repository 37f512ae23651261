/*
 * mock: a fast mock of a provider, with epoll and no dependencies.
 *
 *   mock PORT [THREADS [IDLE_SECONDS]]
 *
 * It closes connections on which nothing was asked for so long; without a number, or with 0, it leaves that to the others.
 * POST answers Chat Completions; Messages where the path has /messages in it, Responses where it has /responses: as a
 * stream where the body says "stream":true, else as about 1 KB of JSON. How, is said in any text of the request, behind
 * the word "mock":
 *
 *   n=N      text events (50)
 *   d=US     microseconds between them; 0: as fast as the socket takes them (0). Paced streams begin anywhere in [0, d)
 *   f=US     microseconds before the first byte, of a whole answer or a refusal too (0)
 *   p=BYTES  pads the text so that an event of Chat Completions is about this long (200)
 *   x=K      resets the connection behind K text events
 *   e=K      sends an error event behind K text events, and ends
 *   s=CODE   answers with this status and an error
 *   id=HEX   names the answer: a request with the id of a broken one is its continuation
 *
 * Every text carries a stamp, see base.h. A request that has stamps in it goes on behind the last of them, and repeats
 * first what it is asked to repeat. Under the path /second/ nothing breaks: x, e and s are ignored.
 *
 * GET /stats   counts since the start or the last reset; "aborted": the client went away
 * GET /reset   the same, and begins anew
 */
#include "mock.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* How many events an unpaced stream sends before the others get their turn. */
#define EVENTS_A_TURN 4
#define EVENTS_A_WAIT 512

static uint64_t longest_idle;

static struct {
    uint64_t requests, active, events, aborted;
} counts;
#define COUNT(member, by) __atomic_add_fetch(&counts.member, (uint64_t)(by), __ATOMIC_RELAXED)

/* ---- connections ---- */

static void connection_free(Connection *c) {
    buffer_free(&c->in);
    buffer_free(&c->out);
    buffer_free(&c->repeat);
    buffer_free(&c->text);
    free(c);
}

/* One in the list of the runnable is freed by that. */
static void connection_close(Loop *loop, Connection *c) {
    timer_remove(loop, c);
    if (c->answering) COUNT(active, -1);
    c->answering = 0;
    close(c->fd);
    c->fd = -1;
    if (!c->runnable) connection_free(c);
}

static void client_left(Loop *loop, Connection *c) {
    if (c->answering) COUNT(aborted, 1);
    connection_close(loop, c);
}

static void connection_reset(Loop *loop, Connection *c) {
    struct linger at_once = {1, 0};
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    broke(c->directive.id);
    connection_close(loop, c);
}

static void watch(Loop *loop, Connection *c, int operation) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | (c->wants_write ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(loop->epoll, operation, c->fd, &event);
}

/* Whether the connection still stands; what the socket does not take is left for later. */
static int flush(Loop *loop, Connection *c) {
    while (buffer_left(&c->out)) {
        ssize_t sent = send(c->fd, c->out.bytes + c->out.from, buffer_left(&c->out), MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) break;
        if (sent < 0) {
            client_left(loop, c);
            return 0;
        }
        c->out.from += (size_t)sent;
    }
    int wants = buffer_left(&c->out) > 0;
    if (wants != c->wants_write) {
        c->wants_write = wants;
        watch(loop, c, EPOLL_CTL_MOD);
    }
    return 1;
}

/* ---- streams ---- */

static int answer_all(Loop *loop, Connection *c);

static void make_runnable(Loop *loop, Connection *c) {
    if (c->runnable) return;
    c->runnable = 1;
    c->next_runnable = loop->runnable;
    loop->runnable = c;
}

static void close_when_idle(Loop *loop, Connection *c) {
    if (longest_idle) timer_add(loop, c, now() + longest_idle);
}

static int end_answer(Loop *loop, Connection *c) {
    c->answering = 0;
    COUNT(active, -1);
    if (!flush(loop, c)) return 0;
    close_when_idle(loop, c);
    return 1;
}

static int end_stream(Loop *loop, Connection *c) {
    stream_end(c);
    return end_answer(loop, c);
}

/* An answer that is not streamed. */
static int answer_whole(Loop *loop, Connection *c) {
    if (c->kind == STATUS)
        answer_status(c, c->protocol, (int)c->directive.status);
    else
        answer_document(c, c->protocol, c->asked);
    return end_answer(loop, c);
}

static int breaks_now(const Connection *c) {
    return c->directive.break_after >= 0 && c->written >= c->directive.break_after;
}

static int fails_now(const Connection *c) {
    return c->directive.error_after >= 0 && c->written >= c->directive.error_after;
}

static int text_left(const Connection *c) { return c->index < c->directive.events || buffer_left(&c->repeat); }

/* One text event, with what stands before the first and behind the last. Whether the connection still stands. */
static int advance(Loop *loop, Connection *c) {
    if (c->kind != STREAM) return answer_whole(loop, c);
    if (!c->opened) {
        c->opened = 1;
        stream_open(c);
        if (!flush(loop, c)) return 0;
    }
    if (breaks_now(c)) {
        connection_reset(loop, c);
        return 0;
    }
    if (fails_now(c)) {
        broke(c->directive.id);
        stream_error(c);
        return end_stream(loop, c);
    }
    if (text_left(c)) {
        stream_text(c);
        COUNT(events, 1);
        if (!flush(loop, c)) return 0;
    }
    if (text_left(c) || breaks_now(c) || fails_now(c)) return 1;
    stream_close(c);
    return end_stream(loop, c);
}

static int writable(const Connection *c) { return c->answering && !buffer_left(&c->out); }

static void run_unpaced(Loop *loop, Connection *c) {
    for (int i = 0; i < EVENTS_A_TURN && writable(c); i++)
        if (!advance(loop, c)) return;
    if (!c->answering)
        answer_all(loop, c);
    else if (writable(c))
        make_runnable(loop, c);
}

static Kind kind_of(const Request *request) {
    if (request->directive.status != 200) return STATUS;
    return request->streams ? STREAM : DOCUMENT;
}

static int start_answer(Loop *loop, Connection *c, const Request *request) {
    uint64_t pace = (uint64_t)request->directive.pace_us * 1000, first = (uint64_t)request->directive.first_us * 1000;
    c->kind = kind_of(request);
    c->protocol = request->protocol;
    c->directive = request->directive;
    c->with_usage = request->with_usage;
    c->opened = 0;
    c->wait = -1;
    c->tells_wait = 1;
    c->index = request->from;
    c->written = c->sequence = 0;
    buffer_clear(&c->text);
    buffer_clear(&c->repeat);
    if (request->anchor) buffer_add(&c->repeat, request->anchor, request->anchor_length);
    c->answering = 1;
    COUNT(active, 1);
    if (first || (pace && c->kind == STREAM))
        timer_add(loop, c, c->asked + (first ? first : (uint64_t)rand_r(&loop->seed) % pace));
    else if (c->kind == STREAM)
        make_runnable(loop, c);
    else
        return answer_whole(loop, c);
    return 1;
}

/* ---- requests ---- */

static int answer_counts(Loop *loop, Connection *c, int anew) {
    char body[512];
    int length = snprintf(body, sizeof body, "{\"requests\":%lu,\"active\":%lu,\"events\":%lu,\"aborted\":%lu,", counts.requests,
                          counts.active, counts.events, counts.aborted);
    length += describe_breaks(body + length, sizeof body - (size_t)length);
    snprintf(body + length, sizeof body - (size_t)length, "}\n");
    if (anew) {
        counts.requests = counts.events = counts.aborted = 0;
        forget_breaks();
    }
    answer_plain(c, "application/json", 200, body);
    return flush(loop, c);
}

static int answer(Loop *loop, Connection *c, const char *head, size_t head_length, const char *body, size_t body_length) {
    Request request;
    if (!strncmp(head, "GET /stats", 10)) return answer_counts(loop, c, 0);
    if (!strncmp(head, "GET /reset", 10)) return answer_counts(loop, c, 1);
    if (!strncmp(head, "GET ", 4)) {
        answer_plain(c, "application/json", 200, "{\"object\":\"list\",\"data\":[]}");
        return flush(loop, c);
    }
    timer_remove(loop, c);
    c->asked = now();
    COUNT(requests, 1);
    read_request(head, head_length, body, body_length, &request);
    asked_again(request.directive.id, c->asked);
    return start_answer(loop, c, &request);
}

static int answer_all(Loop *loop, Connection *c) {
    size_t head_length, body_length, length;
    while (!c->answering && buffer_left(&c->in) && (length = request_length(&c->in, &head_length, &body_length))) {
        const char *head = c->in.bytes + c->in.from;
        c->in.from += length;
        if (!answer(loop, c, head, head_length, head + head_length, body_length)) return 0;
    }
    return 1;
}

static void on_readable(Loop *loop, Connection *c) {
    for (;;) {
        buffer_reserve(&c->in, 8192);
        size_t room = c->in.capacity - c->in.length - 1;
        ssize_t got = recv(c->fd, c->in.bytes + c->in.length, room, 0);
        if (got < 0 && errno == EAGAIN) break;
        if (got <= 0) {
            client_left(loop, c);
            return;
        }
        c->in.length += (size_t)got;
        if ((size_t)got < room) break;
    }
    answer_all(loop, c);
}

static void on_timer(Loop *loop, Connection *c) {
    timer_remove(loop, c);
    if (!c->answering) {
        connection_close(loop, c);
        return;
    }
    if (!advance(loop, c)) return;
    if (!c->answering)
        answer_all(loop, c);
    else if (c->directive.pace_us)
        timer_add(loop, c, c->due + (uint64_t)c->directive.pace_us * 1000);
    else if (writable(c))
        make_runnable(loop, c);
}

/* ---- the loop ---- */

static void accept_all(Loop *loop) {
    int fd, one = 1;
    while ((fd = accept4(loop->listener, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        Connection *c = checked(calloc(1, sizeof *c));
        c->fd = fd;
        c->in_heap = -1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(loop, c, EPOLL_CTL_ADD);
        close_when_idle(loop, c);
    }
}

static void on_event(Loop *loop, const struct epoll_event *event) {
    Connection *c = event->data.ptr;
    if (!c) {
        accept_all(loop);
    } else if (event->events & (EPOLLHUP | EPOLLERR | EPOLLRDHUP)) {
        client_left(loop, c);
    } else if (event->events & EPOLLOUT) {
        if (flush(loop, c) && writable(c) && !c->directive.pace_us) make_runnable(loop, c);
    } else {
        on_readable(loop, c);
    }
}

static void run_all(Loop *loop) {
    Connection *c = loop->runnable, *next;
    loop->runnable = 0;
    for (; c; c = next) {
        next = c->next_runnable;
        c->runnable = 0;
        if (c->fd < 0)
            connection_free(c);
        else
            run_unpaced(loop, c);
    }
}

static int wait_for_events(Loop *loop, struct epoll_event *events) {
    struct timespec wait = {0, 0}, *until = loop->runnable || loop->heap_length ? &wait : 0;
    if (!loop->runnable && loop->heap_length) {
        uint64_t t = now(), due = loop->heap[0]->due, left = due > t ? due - t : 0;
        wait.tv_sec = (time_t)(left / 1000000000);
        wait.tv_nsec = (long)(left % 1000000000);
    }
    return epoll_pwait2(loop->epoll, events, EVENTS_A_WAIT, until, 0);
}

static void *run_loop(void *argument) {
    Loop *loop = argument;
    struct epoll_event events[EVENTS_A_WAIT];
    for (;;) {
        int count = wait_for_events(loop, events);
        for (int i = 0; i < count; i++) on_event(loop, &events[i]);
        run_all(loop);
        uint64_t t = now();
        while (loop->heap_length && loop->heap[0]->due <= t) on_timer(loop, loop->heap[0]);
    }
    return 0;
}

static Loop *open_loop(int port, int number) {
    Loop *loop = checked(calloc(1, sizeof *loop));
    int one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = 0};
    loop->seed = 12345u + (unsigned)number;
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(loop->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (number) setsockopt(loop->listener, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
    if (bind(loop->listener, (void *)&address, sizeof address) || listen(loop->listener, 4096)) {
        fprintf(stderr, "mock: cannot listen at port %d: %s\n", port, strerror(errno));
        exit(1);
    }
    epoll_ctl(loop->epoll, EPOLL_CTL_ADD, loop->listener, &event);
    return loop;
}

int main(int count, char **arguments) {
    if (count < 2) {
        fputs("usage: mock PORT [THREADS [IDLE_SECONDS]]\n", stderr);
        return 2;
    }
    int port = atoi(arguments[1]), threads = count > 2 ? atoi(arguments[2]) : 1;
    longest_idle = (count > 3 ? strtoull(arguments[3], 0, 10) : 0) * 1000000000ull;
    signal(SIGPIPE, SIG_IGN);
    allow_many_files();
    for (int i = 1; i < threads; i++) {
        pthread_t thread;
        pthread_create(&thread, 0, run_loop, open_loop(port, i));
    }
    run_loop(open_loop(port, threads > 1 ? threads : 0));
}
