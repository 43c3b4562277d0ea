// Values as search inputs spell them: lists, numbers, dates, dotted tags. Any thread.
// Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_FILTER_VALUE_H
#define LODE_SANDBOX_SEARCH_FILTER_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The parts of "a, b,c": trimmed, empty ones left out.
struct value_list {
    char *bytes; // owned
    char **items;
    size_t n;
};

struct value_list value_split(const char *text, char separator);
void value_list_free(struct value_list *l);

// Days since 1970 of "YYYY-MM-DD"; false where it is no such day. FACTS 6, value quirks.
bool value_date(const char *text, int32_t *days);
enum { VALUE_DATE_MAX = 40 };
// "YYYY-MM-DD" of days since 1970; returns buf.
char *value_date_text(int32_t days, char buf[static VALUE_DATE_MAX]);
// Days since 1970 of the same day `months` months earlier (its month's last day where that is
// shorter).
int32_t value_months_before(int32_t days, int32_t months);

// A tag pattern: 1 to 4 dotted parts, each a number or *; parts left out match all. FACTS 4.
enum { TAG_PARTS = 4 };
struct tag_pattern {
    int64_t parts[TAG_PARTS]; // -1: any
};

bool tag_pattern_parse(const char *text, struct tag_pattern *out);

// Miles along the great circle between two points given in degrees.
double value_miles(double lat1, double lon1, double lat2, double lon2);

#endif
