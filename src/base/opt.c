// Command lines by a const table, over getopt_long. Main thread only. Floor: base.
#include "base/opt.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "base/vec.h"

struct flat {
    VEC(const struct opt *) rows;
    struct option *longs;
    struct str letters;
};

static void flatten(struct flat *f, const struct opt *const *tables)
{
    str_add(&f->letters, ":");
    for (; *tables; tables++) {
        for (const struct opt *o = *tables; o->name; o++)
            vec_push(&f->rows, o);
    }
    f->longs = mem_array(f->rows.len + 1, sizeof(*f->longs));
    for (size_t i = 0; i < f->rows.len; i++) {
        const struct opt *o = f->rows.items[i];

        f->longs[i] = (struct option){
            .name = o->name, .has_arg = o->kind == OPT_FLAG ? no_argument : required_argument,
            .val = 256 + (int)i};
        if (o->letter) {
            str_add_char(&f->letters, o->letter);
            if (o->kind != OPT_FLAG)
                str_add(&f->letters, ":");
        }
    }
}

static const struct opt *by_code(const struct flat *f, int code)
{
    if (code >= 256)
        return f->rows.items[code - 256];
    for (size_t i = 0; i < f->rows.len; i++) {
        if (f->rows.items[i]->letter == (char)code)
            return f->rows.items[i];
    }
    return NULL;
}

static bool unknown(const struct flat *f, const char *word, struct err *e)
{
    struct near near = near_start(word + strspn(word, "-"));

    for (size_t i = 0; i < f->rows.len; i++)
        near_try(&near, f->rows.items[i]->name);
    if (near.best)
        return err_set(e, ERR_INVALID, "there is no option %.80s; did you mean --%s?", word,
                       near.best);
    return err_set(e, ERR_INVALID, "there is no option %.80s", word);
}

bool opt_parse(const struct opt *const *tables, int argc, char **argv, struct opts *out,
               struct err *e)
{
    struct flat f = {0};
    VEC(struct opt_seen) seen = {0};
    bool ok = true;
    int code;

    *out = (struct opts){0};
    flatten(&f, tables);
    opterr = 0;
    optind = 0;
    while (ok && (code = getopt_long(argc, argv, f.letters.data, f.longs, NULL)) != -1) {
        if (code == '?') {
            ok = unknown(&f, argv[optind - 1], e);
        } else if (code == ':') {
            ok = err_set(e, ERR_INVALID, "option %.80s needs a value", argv[optind - 1]);
        } else {
            struct opt_seen s = {by_code(&f, code), optarg ? optarg : ""};

            vec_push(&seen, s);
        }
    }
    free(f.rows.items);
    free(f.longs);
    str_free(&f.letters);
    if (!ok) {
        vec_free(&seen);
        return false;
    }
    *out = (struct opts){seen.items, seen.len, argv + optind, (size_t)(argc - optind)};
    return true;
}

void opt_free(struct opts *o)
{
    free(o->seen);
    *o = (struct opts){0};
}

bool opt_has(const struct opts *o, const char *name)
{
    return opt_value(o, name, NULL) != NULL;
}

const char *opt_value(const struct opts *o, const char *name, const char *fallback)
{
    for (size_t i = o->n_seen; i-- > 0;) {
        if (str_eq(o->seen[i].opt->name, name))
            return o->seen[i].value;
    }
    return fallback;
}

bool opt_int(const struct opts *o, const char *name, long long min, long long max, long long *out,
             struct err *e)
{
    const char *text = opt_value(o, name, NULL);
    long long value;

    if (!text)
        return true;
    if (!str_int64(text, &value) || value < min || value > max)
        return err_set(e, ERR_INVALID, "--%s takes a whole number from %lld to %lld, not \"%.80s\"",
                       name, min, max, text);
    *out = value;
    return true;
}
