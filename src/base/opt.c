// Command lines by a const table, over getopt_long. Main thread only. Floor: base.
#include "base/opt.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/str.h"
#include "base/vec.h"

enum { IS_ARGUMENT = 1, LONG_CODE = 256, NAME_MAX_BYTES = 80 };

struct found {
    VEC(struct opt_seen) seen;
    VEC(char *) args;
};

struct flat {
    VEC(const struct opt *) rows;
    struct option *longs;
    struct str letters;
};

static void flatten(struct flat *f, const struct opt *const *tables)
{
    str_add(&f->letters, "-:"); // arguments come in order, a missing value comes as ':'
    for (; *tables; tables++) {
        for (const struct opt *o = *tables; o->name; o++)
            vec_push(&f->rows, o);
    }
    f->longs = mem_array(f->rows.len + 1, sizeof(*f->longs));
    for (size_t i = 0; i < f->rows.len; i++) {
        const struct opt *o = f->rows.items[i];

        f->longs[i] =
            (struct option){.name = o->name,
                            .has_arg = o->kind == OPT_FLAG ? no_argument : required_argument,
                            .val = LONG_CODE + (int)i};
        if (o->letter) {
            str_add_char(&f->letters, o->letter);
            if (o->kind != OPT_FLAG)
                str_add(&f->letters, ":");
        }
    }
}

static const struct opt *by_code(const struct flat *f, int code)
{
    if (code >= LONG_CODE)
        return f->rows.items[code - LONG_CODE];
    for (size_t i = 0; i < f->rows.len; i++) {
        if (f->rows.items[i]->letter == (char)code)
            return f->rows.items[i];
    }
    return NULL;
}

static bool unknown(const struct flat *f, const char *word, struct err *e)
{
    char name[NAME_MAX_BYTES];
    struct near near;

    (void)snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
    near = near_start(name + strspn(name, "-"));
    for (size_t i = 0; i < f->rows.len; i++)
        near_try(&near, f->rows.items[i]->name);
    if (near.best)
        return err_set(e, ERR_INVALID, "there is no option %s; did you mean --%s?", name,
                       near.best);
    return err_set(e, ERR_INVALID, "there is no option %s", name);
}

// What getopt_long() could not take: it left the option's code in optopt, 0 for an unknown long
// one.
static bool refuse(const struct flat *f, int code, const char *word, struct err *e)
{
    if (code == ':')
        return err_set(e, ERR_INVALID, "option --%s needs a value", by_code(f, optopt)->name);
    if (optopt >= LONG_CODE)
        return err_set(e, ERR_INVALID, "option --%s takes no value", by_code(f, optopt)->name);
    if (optopt)
        return err_set(e, ERR_INVALID, "there is no option -%c", optopt);
    return unknown(f, word, e);
}

// getopt_long() takes --li for --limit; a later option could make that mean another thing.
static bool is_abbreviated(const struct opt *o, const char *word)
{
    return str_starts(word, "--") && strcspn(word, "=") != strlen(o->name) + 2;
}

static bool take(const struct flat *f, int code, const char *word, struct found *found,
                 struct err *e)
{
    struct opt_seen s;

    if (code == '?' || code == ':')
        return refuse(f, code, word, e);
    if (code == IS_ARGUMENT) {
        vec_push(&found->args, optarg);
        return true;
    }
    s = (struct opt_seen){by_code(f, code), optarg ? optarg : ""};
    if (code >= LONG_CODE && is_abbreviated(s.opt, word))
        return unknown(f, word, e);
    vec_push(&found->seen, s);
    return true;
}

// Ids may be below zero; no option is a number.
static bool is_number(const char *word)
{
    long long number;

    return word[0] == '-' && str_int64(word, &number);
}

bool opt_parse(const struct opt *const *tables, int argc, char **argv, struct opts *out,
               struct err *e)
{
    struct flat f = {0};
    struct found found = {0};
    bool ok = true;

    *out = (struct opts){0};
    flatten(&f, tables);
    opterr = 0;
    optind = 0;
    while (ok) {
        int at = optind ? optind : 1, code;

        if (optind && at < argc && is_number(argv[at])) {
            vec_push(&found.args, argv[optind++]);
            continue;
        }
        code = getopt_long(argc, argv, f.letters.data, f.longs, NULL);
        if (code == -1)
            break;
        ok = take(&f, code, argv[at], &found, e);
    }
    for (int i = optind; ok && i < argc; i++)
        vec_push(&found.args, argv[i]);
    vec_free(&f.rows);
    free(f.longs);
    str_free(&f.letters);
    *out = (struct opts){found.seen.items, found.seen.len, found.args.items, found.args.len};
    if (!ok)
        opt_free(out);
    return ok;
}

void opt_free(struct opts *o)
{
    free(o->seen);
    free(o->args);
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
