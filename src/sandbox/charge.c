// One charge to the account. Its line: sequence, time, verb, entity, request id, then the ids of
// the records, those that were new with a + before. Any thread. Floor: sandbox.
#include "sandbox/charge.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "sandbox/world/write.h"

int64_t charge_credits(const struct charge *c)
{
    int64_t n = 0;

    for (size_t i = 0; i < c->n_rows; i++)
        n += c->rows[i].fresh;
    return n;
}

void charge_write(const struct charge *c, struct str *out)
{
    str_addf(out, "%" PRIu64 " %" PRId64 " %s %s %s", c->sequence, c->time_ms, c->verb, c->entity,
             c->request_id);
    for (size_t i = 0; i < c->n_rows; i++) {
        str_add(out, c->rows[i].fresh ? " +" : " ");
        write_number(out, c->rows[i].id);
    }
    str_add_char(out, '\n');
}

static bool take_number(char **rest, long long *out)
{
    char *word = strsep(rest, " ");

    return word && str_int64(word, out);
}

static bool take_word(char **rest, char *out, size_t cap)
{
    char *word = strsep(rest, " ");

    return word && *word && snprintf(out, cap, "%s", word) < (int)cap;
}

static bool take_row(char **rest, struct charge *c)
{
    struct charge_row *row = &c->rows[c->n_rows];
    bool fresh = **rest == '+';
    long long id;

    *rest += fresh;
    if (c->n_rows == CHARGE_ROWS_MAX || !take_number(rest, &id))
        return false;
    *row = (struct charge_row){id, fresh};
    c->n_rows++;
    return true;
}

bool charge_read(char *line, struct charge *out)
{
    char *rest = line;
    long long sequence, time_ms;
    bool ok;

    *out = (struct charge){0};
    ok = take_number(&rest, &sequence) && sequence > 0 && take_number(&rest, &time_ms) &&
         take_word(&rest, out->verb, sizeof(out->verb)) &&
         take_word(&rest, out->entity, sizeof(out->entity)) &&
         take_word(&rest, out->request_id, sizeof(out->request_id));
    while (ok && rest)
        ok = take_row(&rest, out);
    if (ok) {
        out->sequence = (uint64_t)sequence;
        out->time_ms = time_ms;
    }
    return ok;
}

static void add_ids(const struct charge *c, bool fresh_only, struct str *out)
{
    const char *comma = "";

    for (size_t i = 0; i < c->n_rows; i++) {
        if (fresh_only && !c->rows[i].fresh)
            continue;
        str_addf(out, "%s%" PRId64, comma, c->rows[i].id);
        comma = ",";
    }
}

void charge_json(const struct charge *c, struct str *out)
{
    char iso[CLOCK_ISO_MAX];

    str_addf(out,
             "{\"sequence\":%" PRIu64 ",\"time\":\"%s\",\"timeMs\":%" PRId64
             ",\"operation\":\"/%s/%s\",\"requestId\":\"%s\",\"credits\":%" PRId64
             ",\"records\":%zu,\"requests\":1,\"recordIds\":[",
             c->sequence, clock_iso(c->time_ms, iso), c->time_ms, c->verb, c->entity, c->request_id,
             charge_credits(c), c->n_rows);
    add_ids(c, false, out);
    str_add(out, "],\"newRecordIds\":[");
    add_ids(c, true, out);
    str_add(out, "]}");
}
