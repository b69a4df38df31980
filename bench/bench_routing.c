/* How good is the routing? The protocol of bench/routing/README.md as one command: bench_routing --help. */
#include "bench/routing/session.h"
#include "bench/routing/smoke.h"

#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_NOT_VERIFIED = 1, STATUS_INTERRUPTED = 130, THREADS_MAX = 256 };

static const char HELP[] =
    "usage: bench_routing [OPTION...]\n"
    "\n"
    "Runs `benne solve` on the published instances of BENNE_DATA (default ../shared), one process a run, "
    "verifies\n"
    "each plan with `benne check`, appends a record for each run to a file of JSON lines, and prints a table "
    "of\n"
    "gaps to the best known values, with targets and peers beside. The binary is BENNE (default\n"
    "build/release/benne).\n"
    "\n"
    "  --family NAME,...   cvrp, cvrp_large, cvrp_vroom, vrptw_100, vrptw_1000 (vrptw: both), mtvrptw, "
    "hfvrp,\n"
    "                      mdvrptw, pcvrptw, wcvrptw (default: all)\n"
    "  --instance GLOB     only instances whose names match, as 'X-n1*'\n"
    "  --budget S,...      seconds a run (default: 10,60; 60 alone for cvrp_large; a tenth of VROOM's time "
    "for\n"
    "                      cvrp_vroom)\n"
    "  --seeds K,...       (default: 1)\n"
    "  --threads N         of each run (default: 1)\n"
    "  --jobs N            runs side by side (default: 2 when --threads is 1 and there are two processors)\n"
    "  --records FILE      where records are appended (default: runs/bench_routing.jsonl)\n"
    "  --resume            leave out the runs that this very binary has verified there\n"
    "  --against FILE      compare with the records of an earlier run (its last build)\n"
    "  --table-only        run nothing: the tables of the last build in the records\n"
    "  --quiet             no line for each run\n"
    "  --smoke             a small size on made instances, in a second\n"
    "  --help\n"
    "\n"
    "An interrupt stops the runs under way and prints what is recorded; --resume goes on from there. The "
    "exit\n"
    "status is 1 when a run was not verified, 2 for wrong usage, 130 after an interrupt.\n";

enum {
    OPTION_FAMILY = 1,
    OPTION_INSTANCE,
    OPTION_BUDGET,
    OPTION_SEEDS,
    OPTION_THREADS,
    OPTION_JOBS,
    OPTION_RECORDS,
    OPTION_RESUME,
    OPTION_AGAINST,
    OPTION_TABLE_ONLY,
    OPTION_QUIET,
    OPTION_SMOKE,
    OPTION_HELP
};

static const struct option LONG_OPTIONS[] = {
    {"family", required_argument, NULL, OPTION_FAMILY},
    {"instance", required_argument, NULL, OPTION_INSTANCE},
    {"budget", required_argument, NULL, OPTION_BUDGET},
    {"seeds", required_argument, NULL, OPTION_SEEDS},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"records", required_argument, NULL, OPTION_RECORDS},
    {"resume", no_argument, NULL, OPTION_RESUME},
    {"against", required_argument, NULL, OPTION_AGAINST},
    {"table-only", no_argument, NULL, OPTION_TABLE_ONLY},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {"smoke", no_argument, NULL, OPTION_SMOKE},
    {"help", no_argument, NULL, OPTION_HELP},
    {0},
};

struct arguments {
    struct session session;
    bool smoke, help;
};

/* Numbers parted by commas, each within limits; how many, or 0 when it is no such list. */
static int32_t parse_numbers(const char *text, double low, double high, bool whole, double *numbers,
                             int32_t room)
{
    int32_t count = 0;
    for (const char *at = text;; at++) {
        char *end;
        const double number = strtod(at, &end);
        if (end == at || !(number >= low) || !(number <= high) || count == room) return 0;
        if (whole && number != floor(number)) return 0;
        numbers[count++] = number;
        at = end;
        if (*at == '\0') return count;
        if (*at != ',') return 0;
    }
}

static bool set_seeds(struct protocol *protocol, const char *text)
{
    double numbers[SEEDS_MAX];
    protocol->seed_count = parse_numbers(text, 0, 9007199254740992.0, true, numbers, SEEDS_MAX);
    for (int32_t s = 0; s < protocol->seed_count; s++) protocol->seeds[s] = (uint64_t)numbers[s];
    return protocol->seed_count > 0;
}

static bool set_count(int32_t *count, const char *text)
{
    double number;
    if (parse_numbers(text, 1, THREADS_MAX, true, &number, 1) != 1) return false;
    *count = (int32_t)number;
    return true;
}

/* False when the value is no good. */
static bool take_option(int option, const char *value, struct arguments *arguments)
{
    struct protocol *protocol = &arguments->session.protocol;
    struct campaign *campaign = &arguments->session.campaign;
    switch (option) {
    case OPTION_FAMILY:
        protocol->families = value;
        return true;
    case OPTION_INSTANCE:
        protocol->instances = value;
        return true;
    case OPTION_BUDGET:
        return parse_numbers(value, 0.01, 1e6, false, protocol->budgets_s, BUDGETS_MAX) > 0;
    case OPTION_SEEDS:
        return set_seeds(protocol, value);
    case OPTION_THREADS:
        return set_count(&protocol->threads, value);
    case OPTION_JOBS:
        return set_count(&campaign->jobs, value);
    case OPTION_RECORDS:
        campaign->records = value;
        return true;
    case OPTION_RESUME:
        campaign->resume = true;
        return true;
    case OPTION_AGAINST:
        arguments->session.against = value;
        return true;
    case OPTION_TABLE_ONLY:
        arguments->session.table_only = true;
        return true;
    case OPTION_QUIET:
        campaign->progress = NULL;
        return true;
    case OPTION_SMOKE:
        arguments->smoke = true;
        return true;
    case OPTION_HELP:
        arguments->help = true;
        return true;
    default:
        return false;
    }
}

static bool parse_arguments(int argc, char **argv, struct arguments *arguments)
{
    int option, index = 0;
    while ((option = getopt_long(argc, argv, "h", LONG_OPTIONS, &index)) != -1) {
        if (option == '?') return false; /* getopt has said why */
        if (!take_option(option == 'h' ? OPTION_HELP : option, optarg, arguments)) {
            fprintf(stderr, "bench_routing: --%s: '%s' is no good value\n", LONG_OPTIONS[index].name, optarg);
            return false;
        }
    }
    if (optind < argc) fprintf(stderr, "bench_routing: '%s' is no option\n", argv[optind]);
    return optind == argc;
}

static const char *environment(const char *name, const char *missing)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : missing;
}

/* Two at a time where each has a processor of its own. */
static int32_t default_jobs(int32_t threads)
{
    return threads == 1 && sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 2 : 1;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct campaign_outcome outcome = {0};
    struct arguments arguments = {
        .session = {.protocol = {.data = environment("BENNE_DATA", "../shared"),
                                 .seeds = {1},
                                 .seed_count = 1,
                                 .threads = 1},
                    .campaign = {.program = environment("BENNE", "build/release/benne"),
                                 .records = "runs/bench_routing.jsonl",
                                 .progress = stderr}}};
    if (!parse_arguments(argc, argv, &arguments)) {
        fputs("bench_routing --help tells more\n", stderr);
        return error_exit_status(ERROR_USAGE);
    }
    if (arguments.help) return fputs(HELP, stdout) < 0;
    struct session *session = &arguments.session;
    if (session->campaign.jobs == 0) session->campaign.jobs = default_jobs(session->protocol.threads);
    const error_code rc = arguments.smoke ? smoke_run(session->campaign.program, &error)
                                          : session_run(session, stdout, &outcome, &error);
    if (rc != ERROR_NONE) {
        fprintf(stderr, "bench_routing: %s%s%s\n", error.file, error.file[0] != '\0' ? ": " : "",
                error.message);
        return error_exit_status(rc);
    }
    if (outcome.interrupted) {
        fputs("interrupted: --resume goes on with what is not recorded\n", stderr);
        return STATUS_INTERRUPTED;
    }
    return outcome.failed > 0 ? STATUS_NOT_VERIFIED : 0;
}
