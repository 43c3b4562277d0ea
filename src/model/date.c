// Dates of the wire, read by hand: no locale, no time zone. Any thread. Floor: model.
#include "model/date.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

struct moment {
    int year, month, day, hour, minute;
    bool timed;
};

// A number of least..most digits at *p.
static bool number(const char **p, int least, int most, int *out)
{
    int n = 0;

    *out = 0;
    while (n < most && isdigit((unsigned char)(*p)[n]))
        *out = *out * 10 + (*p)[n++] - '0';
    *p += n;
    return n >= least;
}

static bool sign(const char **p, char c)
{
    if (**p != c)
        return false;
    ++*p;
    return true;
}

static bool real_day(const struct moment *m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (m->year % 4 == 0 && m->year % 100 != 0) || m->year % 400 == 0;

    return m->year > 0 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
           m->day <= days[m->month - 1] + (m->month == 2 && leap);
}

// "2020-07-14"
static bool iso_day(const char **p, struct moment *m)
{
    return number(p, 4, 4, &m->year) && sign(p, '-') && number(p, 2, 2, &m->month) &&
           sign(p, '-') && number(p, 2, 2, &m->day);
}

// "02-15-2021", as webhooks have it
static bool dashed_day(const char **p, struct moment *m)
{
    return number(p, 2, 2, &m->month) && sign(p, '-') && number(p, 2, 2, &m->day) && sign(p, '-') &&
           number(p, 4, 4, &m->year);
}

// "7/14/2020", "06/27/2020", "8/11/16"
static bool slashed_day(const char **p, struct moment *m)
{
    const char *year;

    if (!(number(p, 1, 2, &m->month) && sign(p, '/') && number(p, 1, 2, &m->day) && sign(p, '/')))
        return false;
    year = *p;
    if (!number(p, 2, 4, &m->year) || *p - year == 3)
        return false;
    if (*p - year == 2)
        m->year += m->year < 70 ? 2000 : 1900;
    return true;
}

// ":56", ":56.000" and a zone that is UTC
static bool seconds_and_zone(const char **p)
{
    int ignored;

    if (sign(p, ':') && (!number(p, 2, 2, &ignored) || ignored > 60))
        return false;
    if (sign(p, '.') && !number(p, 1, 9, &ignored))
        return false;
    if (str_starts(*p, "+00:00"))
        *p += strlen("+00:00");
    else
        (void)sign(p, 'Z');
    return true;
}

// " AM" or " PM" turn a clock of 12 hours into one of 24.
static bool half_day(const char **p, struct moment *m)
{
    bool pm = str_eq_case(*p, " PM");

    if (!pm && !str_eq_case(*p, " AM"))
        return true;
    *p += strlen(" PM");
    if (m->hour < 1 || m->hour > 12)
        return false;
    m->hour = m->hour % 12 + (pm ? 12 : 0);
    return true;
}

static bool time_of_day(const char **p, struct moment *m)
{
    if (**p == '\0')
        return true;
    m->timed = true;
    return (sign(p, ' ') || sign(p, 'T')) && number(p, 1, 2, &m->hour) && sign(p, ':') &&
           number(p, 2, 2, &m->minute) && seconds_and_zone(p) && half_day(p, m) && m->hour < 24 &&
           m->minute < 60;
}

// sep and n in so many digits; returns their end. snprintf() would be most of what a cell costs.
static char *put(char *out, char sep, int n, int digits)
{
    if (sep)
        *out++ = sep;
    for (int i = digits; i-- > 0; n /= 10)
        out[i] = (char)('0' + n % 10);
    return out + digits;
}

bool date_normal(const char *wire, char out[static DATE_MAX])
{
    static bool (*const forms[])(const char **, struct moment *) = {iso_day, dashed_day,
                                                                    slashed_day};

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct moment m = {0};
        const char *p = wire;
        char *end;

        if (!forms[i](&p, &m) || !real_day(&m) || !time_of_day(&p, &m) || *p)
            continue;
        end = put(out, '\0', m.year, 4);
        end = put(end, '-', m.month, 2);
        end = put(end, '-', m.day, 2);
        if (m.timed)
            end = put(put(end, ' ', m.hour, 2), ':', m.minute, 2);
        *end = '\0';
        return true;
    }
    return false;
}

bool date_valid(const char *text)
{
    struct moment m;

    return iso_day(&text, &m) && *text == '\0' && real_day(&m);
}
