/* When what is due: a binary heap of connections. */
#include "mock.h"

static void heap_swap(Loop *loop, int a, int b) {
    Connection *moved = loop->heap[a];
    loop->heap[a] = loop->heap[b];
    loop->heap[b] = moved;
    loop->heap[a]->in_heap = a;
    loop->heap[b]->in_heap = b;
}

static void heap_rise(Loop *loop, int i) {
    for (; i && loop->heap[(i - 1) / 2]->due > loop->heap[i]->due; i = (i - 1) / 2) heap_swap(loop, i, (i - 1) / 2);
}

static void heap_sink(Loop *loop, int i) {
    for (int child; (child = 2 * i + 1) < loop->heap_length; i = child) {
        if (child + 1 < loop->heap_length && loop->heap[child + 1]->due < loop->heap[child]->due) child++;
        if (loop->heap[i]->due <= loop->heap[child]->due) return;
        heap_swap(loop, i, child);
    }
}

void timer_add(Loop *loop, Connection *c, uint64_t due) {
    c->due = due;
    if (loop->heap_length == loop->heap_capacity) {
        loop->heap_capacity = loop->heap_capacity ? loop->heap_capacity * 2 : 1024;
        loop->heap = checked(realloc(loop->heap, sizeof *loop->heap * (size_t)loop->heap_capacity));
    }
    c->in_heap = loop->heap_length;
    loop->heap[loop->heap_length++] = c;
    heap_rise(loop, c->in_heap);
}

void timer_remove(Loop *loop, Connection *c) {
    int i = c->in_heap;
    if (i < 0) return;
    heap_swap(loop, i, --loop->heap_length);
    c->in_heap = -1;
    if (i == loop->heap_length) return;
    heap_rise(loop, i);
    heap_sink(loop, i);
}
