// Inputs that bound a number or a date. Assumed where FACTS are silent or at odds: revenueMin and
// revenueMax are thousands of USD, as fundingAmount and the budgets are (FACTS 5, 13); bounds are
// inclusive, dates begin at midnight UTC; what is unknown fits no bound; certified is 1 or 0.
// Floor: sandbox/search.
#include "sandbox/search/kinds.h"

#include <math.h>
#include <string.h>

#include "sandbox/search/filter_value.h"

enum { DAY_MS = 86400000, MINUTE_MS = 60000, ENTRIES_16 = 65536 };

// The least and the greatest that a cell can hold besides "unknown".
static void limits(const struct search_input *in, int64_t *low, int64_t *high)
{
    *low = in->known_from;
    if (in->tenths)
        *low = INT16_MIN + 1;
    *high = in->cells.width == sizeof(uint32_t) ? UINT32_MAX : UINT16_MAX - 1;
    if (in->cells.width == sizeof(uint8_t))
        *high = UINT8_MAX;
    if (in->tenths)
        *high = INT16_MAX;
}

static bool add_range(struct search_query *q, const struct search_input *in, int64_t low,
                      int64_t high)
{
    struct filter_list *filters = search_filters(q, in);
    struct filter_column column = search_column(q->search, in);
    uint8_t *table;
    int64_t least, greatest;

    limits(in, &least, &greatest);
    low = low > least ? low : least;
    high = high < greatest ? high : greatest;
    if (column.width == sizeof(uint32_t)) {
        filter_add(filters, in,
                   low > high ? filter_in_range(column, 1, 0)
                              : filter_in_range(column, (uint32_t)low, (uint32_t)high),
                   false);
        return true;
    }
    table = filter_table(filters, ENTRIES_16);
    for (int64_t v = low; v <= high; v++)
        table[(uint16_t)v] = 1;
    filter_add(filters, in, filter_in_table(column, table, ENTRIES_16), false);
    return true;
}

static bool add_bound(struct search_query *q, const struct search_input *in, int64_t bound)
{
    return in->bound == BOUND_MIN ? add_range(q, in, bound, INT64_MAX)
                                  : add_range(q, in, INT64_MIN, bound);
}

static bool number_of(const json_t *value, long long *out)
{
    if (json_is_integer(value)) {
        *out = json_integer_value(value);
        return true;
    }
    return str_int64(json_string_value(value), out);
}

static bool compile_number(struct search_query *q, const struct search_input *in,
                           const json_t *value)
{
    long long bound;

    if (!number_of(value, &bound))
        return search_refuse(q, in, "Invalid value \"%.60s\" for %s. It is not a whole number",
                             json_string_value(value), in->name);
    return add_bound(q, in, bound);
}

static bool compile_rate(struct search_query *q, const struct search_input *in, const json_t *value)
{
    double rate, cells;

    if (!str_double(json_string_value(value), &rate))
        return search_refuse(q, in, "Invalid value \"%.60s\" for %s. It is not a number",
                             json_string_value(value), in->name);
    cells = fmax(-1e9, fmin(1e9, rate * in->tenths));
    return add_bound(q, in,
                     (int64_t)(in->bound == BOUND_MIN ? ceil(cells - 1e-6) : floor(cells + 1e-6)));
}

static int64_t cell_value(const struct search *s, const struct search_input *in,
                          const struct search_record *r)
{
    const void *cells = search_cells_of(s, in, r);
    int16_t tenths;

    if (in->cells.width == sizeof(uint32_t))
        return *(const uint32_t *)cells;
    if (in->cells.width == sizeof(uint8_t))
        return *(const uint8_t *)cells;
    memcpy(&tenths, cells, sizeof(tenths));
    return in->tenths ? tenths : *(const uint16_t *)cells;
}

static void show_number(const struct search *s, const struct search_input *in,
                        const struct search_record *r, struct str *out)
{
    int64_t value = cell_value(s, in, r);

    if (in->tenths && value != INT16_MIN)
        str_addf(out, "%.1f", (double)value / in->tenths);
    else if (!in->tenths && value >= in->known_from)
        str_addf(out, "%lld", (long long)value);
}

static bool date_of(struct search_query *q, const struct search_input *in, const json_t *value,
                    int32_t *days)
{
    const char *text = json_string_value(value);

    return value_date(text, days) ||
           search_refuse(q, in, "Invalid value \"%.60s\" for %s. Dates are written YYYY-MM-DD",
                         text, in->name);
}

static int64_t days_before(int64_t now_ms, int32_t date)
{
    return now_ms / DAY_MS - date;
}

// The cells count back from now: the least date is the greatest cell.
static bool compile_days(struct search_query *q, const struct search_input *in, const json_t *value)
{
    int64_t back;
    int32_t date;

    if (!date_of(q, in, value, &date))
        return false;
    back = days_before(q->search->world->now_ms, date);
    return in->bound == BOUND_MIN ? add_range(q, in, INT64_MIN, back)
                                  : add_range(q, in, back, INT64_MAX);
}

static void show_days(const struct search *s, const struct search_input *in,
                      const struct search_record *r, struct str *out)
{
    char buf[VALUE_DATE_MAX];
    int64_t back = cell_value(s, in, r);

    if (back != WORLD_NEVER)
        str_add(out, value_date_text((int32_t)(s->world->now_ms / DAY_MS - back), buf));
}

static bool add_since(struct search_query *q, const struct search_input *in, int32_t date)
{
    return add_range(q, in, INT64_MIN,
                     (q->search->world->now_ms - (int64_t)date * DAY_MS) / MINUTE_MS);
}

static bool compile_minutes(struct search_query *q, const struct search_input *in,
                            const json_t *value)
{
    int32_t date;

    return date_of(q, in, value, &date) && add_since(q, in, date);
}

static bool compile_months(struct search_query *q, const struct search_input *in,
                           const json_t *value)
{
    long long months = json_integer_value(value);
    int32_t today = (int32_t)(q->search->world->now_ms / DAY_MS);

    if (months < 0 || months > INT32_MAX)
        return search_refuse(q, in, "Invalid value \"%lld\" for %s. It is no number of months",
                             months, in->name);
    return add_since(q, in, value_months_before(today, (int32_t)months));
}

static void show_minutes(const struct search *s, const struct search_input *in,
                         const struct search_record *r, struct str *out)
{
    char buf[VALUE_DATE_MAX];
    int64_t when = s->world->now_ms - cell_value(s, in, r) * MINUTE_MS;

    str_add(out, value_date_text((int32_t)(when / DAY_MS), buf));
}

static bool compile_certified(struct search_query *q, const struct search_input *in,
                              const json_t *value)
{
    long long wanted = json_integer_value(value);
    uint8_t *table;

    if (wanted != 0 && wanted != 1)
        return search_refuse(q, in, "Invalid value \"%lld\" for %s. Allowed values: 0, 1", wanted,
                             in->name);
    table = filter_table(&q->companies, ENTRIES_16);
    for (size_t i = 0; i < ENTRIES_16; i++)
        table[i] = ((i & in->which) != 0) == wanted;
    filter_add(&q->companies, in, filter_in_table(search_column(q->search, in), table, ENTRIES_16),
               false);
    return true;
}

static void show_certified(const struct search *s, const struct search_input *in,
                           const struct search_record *r, struct str *out)
{
    str_add(out, cell_value(s, in, r) & in->which ? "1" : "0");
}

const struct search_kind kind_number = {compile_number, show_number, false};
const struct search_kind kind_rate = {compile_rate, show_number, false};
const struct search_kind kind_days = {compile_days, show_days, false};
const struct search_kind kind_minutes = {compile_minutes, show_minutes, false};
const struct search_kind kind_months = {compile_months, show_minutes, false};
const struct search_kind kind_certified = {compile_certified, show_certified, false};
