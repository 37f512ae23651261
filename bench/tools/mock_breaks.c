/* How long after a break the next request for the same answer comes. */
#include "mock.h"
#include <pthread.h>

/* One slot an id; a break nobody goes on from is overwritten some time. */
#define SLOTS 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    uint64_t id, at;
} slots[SLOTS];
static Histogram until_asked;
static uint64_t breaks;

void broke(uint64_t id) {
    pthread_mutex_lock(&lock);
    breaks++;
    if (id) {
        slots[id % SLOTS].id = id;
        slots[id % SLOTS].at = now();
    }
    pthread_mutex_unlock(&lock);
}

void asked_again(uint64_t id, uint64_t at) {
    if (!id) return;
    pthread_mutex_lock(&lock);
    if (slots[id % SLOTS].id == id) {
        slots[id % SLOTS].id = 0;
        histogram_add(&until_asked, at > slots[id % SLOTS].at ? at - slots[id % SLOTS].at : 0);
    }
    pthread_mutex_unlock(&lock);
}

int describe_breaks(char *to, size_t length) {
    pthread_mutex_lock(&lock);
    int written = snprintf(to, length,
                           "\"breaks\":%lu,\"asked_again\":%lu,\"break_to_request_p50_us\":%.1f,"
                           "\"break_to_request_p99_us\":%.1f,\"break_to_request_max_us\":%.1f",
                           breaks, until_asked.count, histogram_quantile(&until_asked, .5),
                           histogram_quantile(&until_asked, .99), (double)until_asked.max / 1e3);
    pthread_mutex_unlock(&lock);
    return written;
}

void forget_breaks(void) {
    pthread_mutex_lock(&lock);
    memset(slots, 0, sizeof slots);
    memset(&until_asked, 0, sizeof until_asked);
    breaks = 0;
    pthread_mutex_unlock(&lock);
}
