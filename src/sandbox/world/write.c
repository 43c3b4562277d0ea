// JSON values of the world's records, appended as text. Any thread. Floor: sandbox/world.
#include "sandbox/world/write.h"

#include <time.h>

#include "base/rng.h"
#include "sandbox/world/world.h"

void write_digits(struct str *out, uint32_t n, uint32_t base)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    char text[32];
    size_t at = sizeof(text);

    do {
        text[--at] = digits[n % base];
        n /= base;
    } while (n);
    str_add_len(out, text + at, sizeof(text) - at);
}

void write_number(struct str *out, int64_t n)
{
    char text[24];
    size_t at = sizeof(text);
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0)
        text[--at] = '-';
    str_add_len(out, text + at, sizeof(text) - at);
}

void write_bool(struct str *out, bool is)
{
    str_add(out, is ? "true" : "false");
}

void write_next(struct str *out)
{
    char last = out->len ? out->data[out->len - 1] : '[';

    if (last != '[' && last != '{')
        str_add_char(out, ',');
}

void write_key(struct str *out, const char *key)
{
    write_next(out);
    str_add_char(out, '"');
    str_add(out, key);
    str_add(out, "\":");
}

static struct tm civil(int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;

    (void)gmtime_r(&seconds, &tm);
    return tm;
}

static void add_two(struct str *out, int n)
{
    str_add_char(out, (char)('0' + n / 10));
    str_add_char(out, (char)('0' + n % 10));
}

void write_when(struct str *out, int64_t ms)
{
    struct tm tm = civil(ms);

    str_add_char(out, '"');
    write_number(out, tm.tm_mon + 1);
    str_add_char(out, '/');
    write_number(out, tm.tm_mday);
    str_add_char(out, '/');
    write_number(out, tm.tm_year + 1900);
    str_add_char(out, ' ');
    write_number(out, tm.tm_hour % 12 ? tm.tm_hour % 12 : 12);
    str_add_char(out, ':');
    add_two(out, tm.tm_min);
    str_add(out, tm.tm_hour < 12 ? " AM\"" : " PM\"");
}

void write_day(struct str *out, int64_t ms)
{
    struct tm tm = civil(ms);

    str_add_char(out, '"');
    write_number(out, tm.tm_year + 1900);
    str_add_char(out, '-');
    add_two(out, tm.tm_mon + 1);
    str_add_char(out, '-');
    add_two(out, tm.tm_mday);
    str_add_char(out, '"');
}

void write_notice_day(struct str *out, int64_t ms)
{
    struct tm tm = civil(ms);

    str_add_char(out, '"');
    add_two(out, tm.tm_mon + 1);
    str_add_char(out, '/');
    add_two(out, tm.tm_mday);
    str_add_char(out, '/');
    write_number(out, tm.tm_year + 1900);
    str_add_char(out, '"');
}

uint32_t write_pick(const struct record *r, uint32_t purpose, uint32_t n)
{
    uint64_t row = r->contact == WORLD_NONE ? r->company + (UINT64_C(1) << 32) : r->contact;

    return (uint32_t)(rng_mix(rng_mix(r->w->seed + row) + purpose) % n);
}

void write_missing(const struct record *r, struct str *out)
{
    static const char *const ways[] = {"\"\"", "\"\"", "null", ""};

    str_add(out, ways[write_pick(r, 0, 4)]);
}

void write_text(const struct record *r, const char *text, struct str *out)
{
    if (*text) {
        json_quote(text, out);
    } else {
        write_missing(r, out);
    }
}

void write_made(const struct record *r,
                void (*make)(const struct world *w, uint32_t row, struct str *out), uint32_t row,
                struct str *out)
{
    struct str made = {0};

    make(r->w, row, &made);
    write_text(r, str_text(&made), out);
    str_free(&made);
}

void write_member(const struct record *r, const char *key,
                  void (*write)(const struct record *r, struct str *out), struct str *out)
{
    size_t before = out->len, bare;

    write_key(out, key);
    bare = out->len;
    write(r, out);
    if (out->len == bare)
        str_cut(out, before);
}

void write_engagements(const struct world *w, uint8_t kind, uint16_t day, struct str *out)
{
    str_add_char(out, '[');
    if (kind != WORLD_NONE8) {
        str_add(out, "{\"type\":");
        json_quote(world_engagements[kind], out);
        write_key(out, "date");
        write_day(out, world_day(w, day));
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
}
