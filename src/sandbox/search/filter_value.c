// Values as search inputs spell them: lists, numbers, dates, dotted tags. Any thread.
// Floor: sandbox/search.
#include "sandbox/search/filter_value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

struct value_list value_split(const char *text, char separator)
{
    struct value_list l = {.bytes = mem_strdup(text)};
    char *at = l.bytes, *next, *item;

    for (; at; at = next) {
        next = strchr(at, separator);
        if (next)
            *next++ = '\0';
        item = str_trim(at);
        if (!*item)
            continue;
        l.items = mem_regrow(l.items, l.n + 1, sizeof(char *));
        l.items[l.n++] = item;
    }
    return l;
}

void value_list_free(struct value_list *l)
{
    free(l->items);
    free(l->bytes);
    *l = (struct value_list){0};
}

// The calendar is the proleptic Gregorian one; a year starts in March, so that leap days end it.
static int32_t days_of(int32_t year, int32_t month, int32_t day)
{
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = y / 400, in_era = y % 400;
    int32_t in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

static void date_of(int32_t days, int32_t *year, int32_t *month, int32_t *day)
{
    int32_t z = days + 719468, era = z / 146097, in_era = z % 146097;
    int32_t y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int32_t in_year = in_era - (365 * y + y / 4 - y / 100), m = (5 * in_year + 2) / 153;

    *day = in_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2);
}

static int32_t month_days(int32_t year, int32_t month)
{
    return month == 12 ? 31 : days_of(year, month + 1, 1) - days_of(year, month, 1);
}

bool value_date(const char *text, int32_t *days)
{
    static const char shape[] = "0000-00-00";
    int32_t year, month, day;

    if (strlen(text) != sizeof(shape) - 1)
        return false;
    for (size_t i = 0; shape[i]; i++) {
        if (shape[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != shape[i])
            return false;
    }
    year = atoi(text);
    month = atoi(text + 5);
    day = atoi(text + 8);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
        return false;
    *days = days_of(year, month, day);
    return true;
}

char *value_date_text(int32_t days, char buf[static VALUE_DATE_MAX])
{
    int32_t year, month, day;

    date_of(days, &year, &month, &day);
    (void)snprintf(buf, VALUE_DATE_MAX, "%04d-%02d-%02d", year, month, day);
    return buf;
}

int32_t value_months_before(int32_t days, int32_t months)
{
    int32_t year, month, day, at;

    date_of(days, &year, &month, &day);
    at = year * 12 + month - 1 - months;
    if (at < 12)
        return INT32_MIN;
    year = at / 12;
    month = at % 12 + 1;
    return days_of(year, month, day < month_days(year, month) ? day : month_days(year, month));
}

bool tag_pattern_parse(const char *text, struct tag_pattern *out)
{
    const char *at = text;
    char part[20];
    long long number = -1;
    size_t len, n = 0;

    for (size_t i = 0; i < TAG_PARTS; i++)
        out->parts[i] = -1;
    for (;; at++) {
        len = strcspn(at, ".");
        if (n == TAG_PARTS || len == 0 || len >= sizeof(part))
            return false;
        memcpy(part, at, len);
        part[len] = '\0';
        number = -1;
        if (!str_eq(part, "*") && (!str_int64(part, &number) || number < 0))
            return false;
        out->parts[n++] = number;
        at += len;
        if (!*at)
            return true;
    }
}

static double radians(double degrees)
{
    return degrees * 3.14159265358979323846 / 180;
}

double value_miles(double lat1, double lon1, double lat2, double lon2)
{
    static const double earth_radius_miles = 3958.7613;
    double half_lat = sin(radians(lat2 - lat1) / 2), half_lon = sin(radians(lon2 - lon1) / 2);
    double h = half_lat * half_lat + cos(radians(lat1)) * cos(radians(lat2)) * half_lon * half_lon;

    return 2 * earth_radius_miles * asin(sqrt(fmin(1, h)));
}
