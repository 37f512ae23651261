/* The figures: what the processes used while it was measured, and one line of JSON. */
#include "load.h"
#include <unistd.h>

typedef struct {
    uint64_t at, load, watched, mock; /* nanoseconds; of CPU the last three */
    uint64_t all, idle, stolen;       /* ticks of all cores */
} Usage;

static Usage before;

static uint64_t cpu_of_one(long pid) {
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid((pid_t)pid, &clock) || clock_gettime(clock, &t)) return 0;
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static uint64_t rss_of_one(long pid) {
    char path[64];
    long pages = 0;
    snprintf(path, sizeof path, "/proc/%ld/statm", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    if (fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
    fclose(file);
    return (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* The sum over the ids in a list with commas. */
static uint64_t sum(const char *pids, uint64_t (*of_one)(long)) {
    uint64_t total = 0;
    char *next;
    for (const char *p = pids; p && *p; p = *next ? next + 1 : next) {
        total += of_one(strtol(p, &next, 10));
        if (next == p) break;
    }
    return total;
}

static Usage usage(void) {
    Usage u = {.at = now(), .load = cpu_of_one(getpid()), .watched = sum(options.watched, cpu_of_one), .mock = sum(options.mock, cpu_of_one)};
    uint64_t v[8] = {0};
    FILE *file = fopen("/proc/stat", "r");
    if (!file) return u;
    if (fscanf(file, "cpu %lu %lu %lu %lu %lu %lu %lu %lu", v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7) == 8) {
        for (int i = 0; i < 8; i++) u.all += v[i];
        u.idle = v[3] + v[4];
        u.stolen = v[7];
    }
    fclose(file);
    return u;
}

void report_begin(void) { before = usage(); }

static void print_number(const char *name, double value, int digits) { printf(",\"%s\":%.*f", name, digits, value); }

/* Of nothing, nothing can be said. */
static void print_of(const char *name, uint64_t count, double value, int digits) {
    if (count) print_number(name, value, digits);
    else printf(",\"%s\":null", name);
}

static void print_per(const char *name, double amount, uint64_t count, int digits) {
    print_of(name, count, count ? amount / (double)count : 0, digits);
}

static void print_histogram(const char *name, const Histogram *histogram) {
    static const struct {
        const char *name;
        double q;
    } QUANTILES[] = {{"p50", .5}, {"p90", .9}, {"p99", .99}, {"p999", .999}};
    printf(",\"%s_count\":%lu", name, histogram->count);
    char member[64];
    for (int i = 0; i < 4; i++) {
        snprintf(member, sizeof member, "%s_%s_us", name, QUANTILES[i].name);
        print_of(member, histogram->count, histogram_quantile(histogram, QUANTILES[i].q), 1);
    }
    snprintf(member, sizeof member, "%s_max_us", name);
    print_of(member, histogram->count, (double)histogram->max / 1e3, 1);
}

static void print_usage(double seconds) {
    Usage after = usage();
    double watched = (double)(after.watched - before.watched) / 1e3, mock = (double)(after.mock - before.mock) / 1e3;
    double load = (double)(after.load - before.load) / 1e3, tick = 1e6 / (double)sysconf(_SC_CLK_TCK);
    double busy = (double)(after.all - before.all - (after.idle - before.idle) - (after.stolen - before.stolen)) * tick;
    uint64_t of_mock = options.mock && options.watched && !strcmp(options.mock, options.watched) ? 0 : (uint64_t)mock;
    print_number("cpu_cores", watched / 1e6 / seconds, 3);
    print_per("cpu_us_per_event", watched, figures.events, 3);
    print_per("cpu_us_per_request", watched, figures.requests, 2);
    print_per("mock_us_per_event", mock, figures.events, 3);
    print_per("load_us_per_event", load, figures.events, 3);
    print_number("mock_cores", mock / 1e6 / seconds, 3);
    print_number("load_cores", load / 1e6 / seconds, 3);
    print_number("rss_mb", (double)sum(options.watched, rss_of_one) / 1048576, 1);
    print_number("idle_cores", (double)(after.idle - before.idle) * tick / 1e6 / seconds, 3);
    print_number("other_cores", (busy - watched - (double)of_mock - load) / 1e6 / seconds, 3);
    print_number("stolen_cores", (double)(after.stolen - before.stolen) * tick / 1e6 / seconds, 3);
}

static void print_counts(double seconds) {
    const struct {
        const char *name;
        uint64_t count;
    } counts[] = {{"events", figures.events}, {"requests", figures.requests}, {"bytes", figures.bytes}, {"errors", figures.errors},
                  {"refused", figures.refused}, {"incomplete", figures.incomplete}, {"out_of_order", figures.out_of_order},
                  {"hung_up", figures.hung_up}, {"reconnects", figures.reconnects}, {"told_to_break", figures.told_to_break},
                  {"whole", figures.whole}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) printf(",\"%s\":%lu", counts[i].name, counts[i].count);
    print_number("events_s", (double)figures.events / seconds, 1);
    print_number("requests_s", (double)figures.requests / seconds, 1);
}

void report(void) {
    double seconds = (double)(now() - before.at) / 1e9;
    printf("{\"label\":\"%s\",\"connections\":%d,\"seconds\":%.2f", options.label, options.connections, seconds);
    print_counts(seconds);
    print_histogram("latency", &figures.latency);
    print_histogram("first_text", &figures.first_text);
    print_histogram("request", &figures.request);
    print_histogram("seam_gap", &figures.seam_gap);
    print_histogram("seam_beyond", &figures.seam_beyond);
    print_histogram("seam_release", &figures.seam_release);
    print_usage(seconds);
    printf(",\"message\":\"%s\"}\n", figures.message);
}
