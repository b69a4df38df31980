#include "solver/forecast/rate.h"

#include <math.h>

/* Measured on the real series: reading noise of 2 to 3.5 points, at most 4; rates vary by .08 to .35 over
 * windows of 28 days: of .15, .25 and .35, the middle gave the best calibrated overflow risk at equal
 * pinball loss. */
static const double NOISE_VARIANCE = 6, NOISE_VARIANCE_MIN = 0.25, NOISE_VARIANCE_MAX = 16;
static const double LUMP_MIN = 0.5, LUMP_MAX = 30;
static const double RATE_WANDER = 0.25;
/* Below this share of whole days among the days watched, all hours count. */
static const double WHOLE_DAYS_SHARE = 0.6;
/* Daily changes that the prior above weighs against a stream's, and the stream's against a bin's. */
static const double CHANGES_PRIOR = 20;
/* The spread of rates between bins, and the weight of a prior in bins. */
static const double PRIOR_SHARE = 50, PRIOR_VARIATION = 0.6, PRIOR_BINS = 3, SPREAD_MIN = 0.1;
/* Beyond four weeks a bin tells its group's mean no more: what differs is the bin. */
static const double GROUP_DAYS_MAX = 28;
/* What a cycle known only to have filled the bin tells less than one whose amount is known: nearly nothing
 * when all are full, about half when the mean is just full. */
static const double CENSORED_LOSS = 0.7;
static const double RATE_MIN_SHARE = 0.02, WEEKDAY_FACTOR_MIN = 0.1;

/* Bins of one stream and one promised interval; or a whole stream. */
struct group {
    double mean, mean_variance, spread; /* of rates; spread is the variance between bins */
};

struct noise {
    double lump, reading; /* q; n, a variance */
};

struct pool {
    const struct city *city;
    const struct fill_history *histories;
    struct fill_rate *rates;
    int32_t *order; /* bins by stream, then interval */
};

double rate_promised_interval_days(const struct bin *bin)
{
    double per_week = bin->frequency.per_week;
    if (!(per_week > 0))
        for (int32_t d = 0; d < WEEK_DAYS; d++) per_week += (bin->frequency.weekdays >> d) & 1;
    return per_week > 0 ? WEEK_DAYS / per_week : WEEK_DAYS;
}

/* The rise to estimate a rate from, and its days of filling. Whole days from one morning to the next are
 * free of what emptyings do to the readings around them; a bin emptied so often that they are few is taken
 * with all its hours. */
struct watched {
    double rise, days;
};

static struct watched watched_filling(const struct fill_history *history)
{
    const struct change_sums *day = &history->changes[0];
    if (day->days >= WHOLE_DAYS_SHARE * history->days)
        return (struct watched){.rise = day->sum, .days = day->days};
    return (struct watched){.rise = history->rise, .days = history->days};
}

static double own_rate(const struct fill_history *history)
{
    struct watched watched = watched_filling(history);
    return watched.days > 0 ? fmax(watched.rise / watched.days, 0) : 0;
}

/* Squared deviations of the changes from their mean, by lag: the points of the line V = 2n + q m, m the
 * mean change. Sums over the windows, of one bin or of a stream. */
struct deviations {
    double windows[LAG_COUNT], mean[LAG_COUNT], square[LAG_COUNT];
};

static void add_deviations(const struct fill_history *history, struct deviations *deviations)
{
    double rate = own_rate(history);
    for (int32_t k = 0; k < LAG_COUNT; k++) {
        const struct change_sums *c = &history->changes[k];
        double mean = rate * rate_lag_days(k);
        deviations->windows[k] += c->count;
        deviations->mean[k] += c->count * mean;
        deviations->square[k] += fmax(c->square - 2 * mean * c->sum + c->count * mean * mean, 0);
    }
}

/* Weighted least squares of the line; overlapping windows count by their days. The intercept is held
 * within what sensors are known to do, and the slope then follows. */
static struct noise fit_noise(const struct deviations *deviations, struct noise prior)
{
    double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (int32_t k = 0; k < LAG_COUNT; k++) {
        double windows = deviations->windows[k];
        if (windows <= 0) continue;
        double w = windows / rate_lag_days(k), x = deviations->mean[k] / windows;
        double y = deviations->square[k] / windows;
        sw += w, sx += w * x, sy += w * y, sxx += w * x * x, sxy += w * x * y;
    }
    if (!(sxx > 0)) return prior;
    double determinant = sw * sxx - sx * sx;
    bool one_lag = determinant <= 1e-9 * sw * sxx;
    double intercept = one_lag ? 2 * prior.reading : (sy * sxx - sx * sxy) / determinant;
    double reading = fmin(fmax(intercept / 2, NOISE_VARIANCE_MIN), NOISE_VARIANCE_MAX);
    double lump = fmin(fmax((sxy - 2 * reading * sx) / sxx, LUMP_MIN), LUMP_MAX);
    double own = deviations->windows[0] / (deviations->windows[0] + CHANGES_PRIOR);
    return (struct noise){.lump = own * lump + (1 - own) * prior.lump,
                          .reading = own * reading + (1 - own) * prior.reading};
}

static void pool_noise(struct pool *pool, int32_t first, int32_t end)
{
    struct noise prior = {.lump = RATE_LUMP_PERCENT, .reading = NOISE_VARIANCE};
    struct deviations all = {0};
    for (int32_t i = first; i < end; i++) add_deviations(&pool->histories[pool->order[i]], &all);
    struct noise stream = fit_noise(&all, prior);
    for (int32_t i = first; i < end; i++) {
        int32_t b = pool->order[i];
        struct deviations deviations = {0};
        add_deviations(&pool->histories[b], &deviations);
        struct noise own = fit_noise(&deviations, stream);
        pool->rates[b].lump_percent = own.lump;
        pool->rates[b].noise_sd = sqrt(own.reading);
    }
}

/* Variance of a bin's own mean rate, had it the rate given. */
static double sampling_variance(const struct fill_history *history, const struct fill_rate *rate, double mean)
{
    double all_days = watched_filling(history).days, days = all_days;
    if (history->full_days > 0) days -= CENSORED_LOSS * fmin(history->full_days, all_days);
    return (rate->lump_percent * mean * all_days + history->noise_ends * rate->noise_sd * rate->noise_sd) /
           (days * days);
}

/* Mean and spread of the rates of a stream's bins on the scale rate × interval. */
static struct group stream_shares(const struct pool *pool, int32_t first, int32_t end)
{
    double weight = 0, sum = 0, bins = 0;
    for (int32_t i = first; i < end; i++) {
        const struct fill_history *history = &pool->histories[pool->order[i]];
        double w = fmin(history->days, GROUP_DAYS_MAX);
        weight += w;
        sum += w * own_rate(history) * rate_promised_interval_days(&pool->city->bins[pool->order[i]]);
        bins += w / GROUP_DAYS_MAX;
    }
    double prior = PRIOR_BINS * GROUP_DAYS_MAX;
    double mean = (sum + prior * PRIOR_SHARE) / (weight + prior);
    double sd = PRIOR_VARIATION * mean;
    return (struct group){.mean = mean, .mean_variance = sd * sd / (bins + PRIOR_BINS)};
}

/* The group's mean, drawn to what its stream says of its interval, and the variance between its bins. */
static struct group pool_group(const struct pool *pool, int32_t first, int32_t end, struct group stream,
                               double interval_days)
{
    double prior_mean = stream.mean / interval_days, weight = PRIOR_BINS * GROUP_DAYS_MAX;
    double sum = weight * prior_mean, bins = PRIOR_BINS;
    for (int32_t i = first; i < end; i++) {
        const struct fill_history *history = &pool->histories[pool->order[i]];
        double w = fmin(history->days, GROUP_DAYS_MAX);
        sum += w * own_rate(history);
        weight += w;
        bins += w / GROUP_DAYS_MAX;
    }
    double mean = sum / weight;
    double excess = PRIOR_BINS * PRIOR_VARIATION * PRIOR_VARIATION * mean * mean, count = PRIOR_BINS;
    for (int32_t i = first; i < end; i++) {
        const struct fill_history *history = &pool->histories[pool->order[i]];
        if (!(history->days > 0)) continue;
        double w = fmin(history->days, GROUP_DAYS_MAX) / GROUP_DAYS_MAX, off = own_rate(history) - mean;
        excess += w * (off * off - sampling_variance(history, &pool->rates[pool->order[i]], mean));
        count += w;
    }
    double least = SPREAD_MIN * mean * SPREAD_MIN * mean;
    double spread = fmax(excess / count, least);
    return (struct group){.mean = mean, .mean_variance = spread / bins, .spread = spread};
}

static void pool_bin(const struct fill_history *history, const struct group *group, struct fill_rate *rate)
{
    double spread = group->spread + group->mean_variance, mean = group->mean, own = 0;
    if (history->days > 0) {
        /* The sampling variance must not come from the bin's own rate alone: a bin seen to fill little would
         * be thought well known. Half own, half group. */
        double likely = (own_rate(history) + group->mean) / 2;
        own = spread / (spread + sampling_variance(history, rate, likely));
        mean += own * (own_rate(history) - group->mean);
    }
    mean = fmax(mean, RATE_MIN_SHARE * group->mean);
    rate->per_day = mean;
    rate->watched_mean = history->days > 0 && history->rise > 0 ? history->rise / history->days : mean;
    rate->own_share = own;
    rate->estimate_sd = sqrt(spread * (1 - own) + RATE_WANDER * mean * RATE_WANDER * mean);
}

/* Weekday sums of a bin against its own mean rate. */
static double weekday_variance(const struct fill_rate *rate, double days)
{
    double noise = 2 * rate->noise_sd * rate->noise_sd;
    return (rate->lump_percent * rate->watched_mean + noise) /
           (days * rate->watched_mean * rate->watched_mean);
}

/* The stream's factors, drawn to 1. */
static void stream_weekdays(const struct pool *pool, int32_t first, int32_t end, double factor[WEEK_DAYS])
{
    double rise[WEEK_DAYS] = {0}, expected[WEEK_DAYS] = {0}, variance[WEEK_DAYS] = {0};
    double total_rise = 0, total_expected = 0, spread = 0;
    for (int32_t i = first; i < end; i++) {
        const struct fill_history *history = &pool->histories[pool->order[i]];
        const struct fill_rate *rate = &pool->rates[pool->order[i]];
        for (int32_t w = 0; w < WEEK_DAYS; w++) {
            double mean = rate->watched_mean * history->weekday_days[w];
            if (!(mean > 0)) continue;
            rise[w] += history->weekday_rise[w];
            expected[w] += mean;
            variance[w] += mean * mean * weekday_variance(rate, history->weekday_days[w]);
        }
    }
    for (int32_t w = 0; w < WEEK_DAYS; w++) {
        factor[w] = 1;
        if (!(expected[w] > 0)) return;
        total_rise += rise[w];
        total_expected += expected[w];
    }
    if (!(total_rise > 0)) return;
    double level = total_rise / total_expected;
    for (int32_t w = 0; w < WEEK_DAYS; w++) {
        double off = rise[w] / expected[w] / level - 1;
        spread += (off * off - variance[w] / (expected[w] * expected[w])) / WEEK_DAYS;
    }
    for (int32_t w = 0; w < WEEK_DAYS; w++) {
        double off = rise[w] / expected[w] / level - 1, noise = variance[w] / (expected[w] * expected[w]);
        factor[w] = spread > 0 ? 1 + off * spread / (spread + noise) : 1;
    }
}

/* Each bin's factors, drawn to its stream's by the variance between bins. */
static void pool_weekdays(struct pool *pool, int32_t first, int32_t end)
{
    double stream[WEEK_DAYS] = {1, 1, 1, 1, 1, 1, 1};
    stream_weekdays(pool, first, end, stream);
    double excess = 0, weight = 0;
    for (int32_t i = first; i < end; i++) {
        const struct fill_history *history = &pool->histories[pool->order[i]];
        const struct fill_rate *rate = &pool->rates[pool->order[i]];
        for (int32_t w = 0; w < WEEK_DAYS; w++) {
            double days = history->weekday_days[w];
            if (!(days > 0)) continue;
            double variance = weekday_variance(rate, days);
            double off = history->weekday_rise[w] / days / rate->watched_mean - stream[w];
            excess += (off * off - variance) / variance;
            weight += 1 / variance;
        }
    }
    double spread = weight > 0 ? fmax(excess / weight, 0) : 0;
    for (int32_t i = first; i < end; i++) {
        const struct fill_history *history = &pool->histories[pool->order[i]];
        struct fill_rate *rate = &pool->rates[pool->order[i]];
        double factor[WEEK_DAYS], sum = 0;
        for (int32_t w = 0; w < WEEK_DAYS; w++) {
            double days = history->weekday_days[w];
            factor[w] = stream[w];
            if (days > 0 && spread > 0)
                factor[w] += (history->weekday_rise[w] / days / rate->watched_mean - stream[w]) * spread /
                             (spread + weekday_variance(rate, days));
            factor[w] = fmax(factor[w], WEEKDAY_FACTOR_MIN);
            sum += factor[w];
        }
        for (int32_t w = 0; w < WEEK_DAYS; w++)
            rate->weekday_factor[w] = (float)(factor[w] * WEEK_DAYS / sum);
    }
}

/* Heap order of bins: stream, promised interval, number. */
static bool order_before(const struct city *city, int32_t a, int32_t b)
{
    if (city->bins[a].stream != city->bins[b].stream) return city->bins[a].stream < city->bins[b].stream;
    double ia = rate_promised_interval_days(&city->bins[a]), ib = rate_promised_interval_days(&city->bins[b]);
    if (ia != ib) return ia < ib;
    return a < b;
}

/* Merge sort, bottom up: qsort has no context for the city. */
static void sort_bins(const struct city *city, int32_t *order, int32_t *scratch, int32_t count)
{
    for (int32_t b = 0; b < count; b++) order[b] = b;
    for (int64_t width = 1; width < count; width *= 2) {
        for (int64_t start = 0; start < count; start += 2 * width) {
            int64_t middle = start + width < count ? start + width : count;
            int64_t end = start + 2 * width < count ? start + 2 * width : count;
            for (int64_t i = start, j = middle, k = start; k < end; k++) {
                bool left = i < middle && (j >= end || !order_before(city, order[j], order[i]));
                scratch[k] = left ? order[i++] : order[j++];
            }
        }
        for (int32_t k = 0; k < count; k++) order[k] = scratch[k];
    }
}

static void pool_stream(struct pool *pool, int32_t first, int32_t end)
{
    pool_noise(pool, first, end);
    struct group stream = stream_shares(pool, first, end);
    for (int32_t begin = first, stop; begin < end; begin = stop) {
        double interval = rate_promised_interval_days(&pool->city->bins[pool->order[begin]]);
        stop = begin + 1;
        while (stop < end && rate_promised_interval_days(&pool->city->bins[pool->order[stop]]) == interval)
            stop++;
        struct group group = pool_group(pool, begin, stop, stream, interval);
        for (int32_t i = begin; i < stop; i++)
            pool_bin(&pool->histories[pool->order[i]], &group, &pool->rates[pool->order[i]]);
    }
    pool_weekdays(pool, first, end);
}

error_code rate_pool(const struct city *city, const struct fill_history *histories, struct arena *arena,
                     struct fill_rate *rates, struct error *error)
{
    error_code rc = ERROR_NONE;
    struct pool pool = {.city = city, .histories = histories, .rates = rates};
    int32_t *scratch;
    TRY_NEW(arena, pool.order, city->bin_count);
    TRY_NEW(arena, scratch, city->bin_count);
    sort_bins(city, pool.order, scratch, city->bin_count);
    for (int32_t first = 0, end; first < city->bin_count; first = end) {
        end = first + 1;
        while (end < city->bin_count &&
               city->bins[pool.order[end]].stream == city->bins[pool.order[first]].stream)
            end++;
        pool_stream(&pool, first, end);
    }
done:
    return rc;
}
