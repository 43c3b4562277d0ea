// Some thousand lines of a file on their way. Floor: flow.
#include "flow/match_window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/digest.h"
#include "model/match.h"
#include "store/jobs.h"
#include "store/suppression.h"

enum { KEY_DIGITS = 32, HASH_DIGITS = 16 };

static const char key_start[] = "input:";

static uint64_t hash_of(const char *hex)
{
    char start[HASH_DIGITS + 1];

    (void)snprintf(start, sizeof(start), "%.*s", HASH_DIGITS, hex);
    return strtoull(start, NULL, 16);
}

static uint64_t sum_up(struct window *w, const char *text, size_t len,
                       char hex[static SHA256_HEX_MAX])
{
    sha256_add(w->sum, text, len);
    sha256_hex(w->sum, hex);
    return hash_of(hex);
}

struct seeding {
    struct window *w;
    struct err *e;
    bool failed;
};

// What may be otherwise by now is asked for again.
static bool seed(void *self, const char *record, char letter)
{
    struct seeding *x = self;
    const struct match_status *status = match_status_of(letter);
    char hex[SHA256_HEX_MAX];
    struct match_seen seen;
    uint64_t hash;
    size_t place;

    if (!status || status->unserved)
        return true;
    hash = str_starts(record, key_start) ? hash_of(record + strlen(key_start))
                                         : sum_up(x->w, record, strlen(record), hex);
    x->failed = !match_seen(&x->w->seens, hash, &seen, &place, x->e);
    if (x->failed || seen.hash)
        return !x->failed;
    seen.fate = MATCH_ABSENT;
    seen.letter = letter;
    x->failed = !match_seen_keep(&x->w->seens, hash, &seen, place, x->e);
    return !x->failed;
}

bool window_open(struct window *w, struct app *a, const struct match_order *order, struct err *e)
{
    struct seeding seeding = {w, e, false};

    *w = (struct window){.store = a->store, .sum = sha256_new(e)};
    match_seens_open(&w->seens, a->folder);
    if (w->sum && (!order->job ||
                   (store_job_absent(a->store, order->job, seed, &seeding, e) && !seeding.failed)))
        return true;
    window_close(w);
    return false;
}

void window_close(struct window *w)
{
    sha256_free(w->sum);
    match_line_free(&w->read);
    match_seens_close(&w->seens);
    vec_free(&w->lines);
    vec_free(&w->cells);
    vec_free(&w->shown);
    vec_free(&w->asked);
    str_free(&w->texts);
}

static size_t keep(struct window *w, const char *text)
{
    size_t at = w->texts.len;

    str_add_len(&w->texts, text, strlen(text) + 1);
    return at;
}

// The name the input goes by in ledger and library: a record by its id, and of what names a person
// otherwise nothing but a hash.
static void make_key(struct window *w, char key[static SHA256_HEX_MAX + 8], uint64_t *hash)
{
    const struct str *id = &w->read.id;
    char hex[SHA256_HEX_MAX];

    if (id->len && id->len < SHA256_HEX_MAX) {
        (void)strcpy(key, id->data);
        *hash = sum_up(w, id->data, id->len, hex);
        return;
    }
    *hash = sum_up(w, w->read.key.data, w->read.key.len, hex);
    hex[KEY_DIGITS] = '\0';
    (void)strcpy(key, key_start);
    (void)strcat(key, hex);
}

// A hash of the address that a value is or stands for; false where it is neither.
static bool address_hash(const struct match_input *input, const char *value,
                         char hash[static DIGEST_LONG_MAX])
{
    if (!input || !*value)
        return false;
    if (input->check == MATCH_EMAIL)
        (void)digest_email(value, hash);
    else if (input->check == MATCH_HASH && strlen(value) < DIGEST_LONG_MAX)
        (void)strcpy(hash, value);
    else
        return false;
    for (char *p = hash; *p; p++)
        *p = str_lower(*p);
    return true;
}

// Is an address of the line on the suppression list? Where that cannot be told it is not sent.
static bool is_suppressed(const struct window *w, const struct match_order *order)
{
    bool on = false;

    if (!store_suppresses_emails(w->store))
        return false;
    for (size_t i = 0; !on && i < order->plan->n; i++) {
        char hash[DIGEST_LONG_MAX];
        const char *hashes[] = {hash};
        struct err ignored;

        if (address_hash(order->plan->inputs[i], order->file->cells.items[i], hash) &&
            !store_emails_suppressed(w->store, hashes, 1, &on, &ignored))
            on = true;
    }
    return on;
}

static bool ask(struct window *w, const struct match_order *order, struct window_line *line,
                struct err *e)
{
    char key[SHA256_HEX_MAX + 8];
    struct match_seen seen;
    size_t place;

    make_key(w, key, &line->hash);
    if (!match_seen(&w->seens, line->hash, &seen, &place, e))
        return false;
    line->text = keep(w, key);
    line->same = seen.hash && seen.line;
    line->passed = order->only && !map_has(order->only, key);
    if (line->same || line->passed)
        return true;
    line->answered = seen.hash != 0;
    seen.line = (uint32_t)line->line;
    if (line->answered)
        return match_seen_keep(&w->seens, line->hash, &seen, place, e);
    line->at = (long)order->selection->n;
    vec_push(&w->asked, line->line);
    selection_add_input(order->selection,
                        (struct enrich_input){key, w->read.id.len ? NULL : w->read.json.data});
    return match_seen_keep(&w->seens, line->hash, &seen, place, e);
}

static bool take(struct window *w, const struct match_order *order, struct err *e)
{
    const struct match_file *f = order->file;
    struct window_line line = {.line = f->line, .at = NOT_ASKED};
    bool ok = true;

    for (size_t i = 0; i < f->cells.len; i++)
        vec_push(&w->cells, keep(w, f->cells.items[i]));
    if (f->fault)
        line.text = keep(w, f->fault);
    else if ((line.suppressed = is_suppressed(w, order)))
        line.text = keep(w, "opted out or purged: never sent");
    else if (match_line_read(order->plan, f->cells.items, &w->read))
        ok = ask(w, order, &line, e);
    else
        line.text = keep(w, w->read.reason);
    vec_push(&w->lines, line);
    return ok;
}

bool window_fill(struct window *w, const struct match_order *order, struct err *e)
{
    selection_clear(order->selection);
    order->selection->from_outside = true;
    w->lines.len = 0;
    w->cells.len = 0;
    w->asked.len = 0;
    str_clear(&w->texts);
    (void)keep(w, "");
    while (w->lines.len < WINDOW_LINES && match_file_next(order->file, e)) {
        if (!take(w, order, e))
            return false;
    }
    return w->lines.len == WINDOW_LINES || e->kind == ERR_NONE;
}

const char *const *window_cells(struct window *w, size_t i, size_t columns)
{
    w->shown.len = 0;
    for (size_t c = 0; c < columns; c++)
        vec_push(&w->shown, w->texts.data + w->cells.items[i * columns + c]);
    return w->shown.items;
}

const char *window_text(const struct window *w, size_t i)
{
    return w->texts.data + w->lines.items[i].text;
}

static int by_line(const void *a, const void *b)
{
    size_t x = ((const struct window_line *)a)->line, y = ((const struct window_line *)b)->line;

    return x < y ? -1 : x > y;
}

long window_place(const struct window *w, size_t line)
{
    const struct window_line wanted = {.line = line};
    const struct window_line *found =
        bsearch(&wanted, w->lines.items, w->lines.len, sizeof(wanted), by_line);

    return found ? found->at : NOT_ASKED;
}
