// A profile as text, and the names of what it may say. Any thread. Floor: flow.
#include "flow/profile_text.h"

#include <stdlib.h>

#include "base/line.h"
#include "base/mem.h"
#include "flow/address.h"
#include "flow/profiles.h"

static const struct package_def packages[] = {
    [PACKAGE_STANDARD] = {"standard", 25, 1500},
    [PACKAGE_SCALING] = {"scaling", 33, 2000},
};
static const char *const ways[] = {[WAY_PASSWORD] = "password", [WAY_KEY] = "key"};
static const char *const keeps[] = {[KEEP_KEYRING] = "keyring", [KEEP_SESSION] = "session"};

const struct package_def *package_def(enum profile_package package)
{
    return &packages[package];
}

const char *profile_package_name(enum profile_package package)
{
    return packages[package].name;
}

const char *profile_way_name(enum profile_way way)
{
    return ways[way];
}

const char *profile_keep_name(enum profile_keep keep)
{
    return keeps[keep];
}

bool profile_package_read(const char *name, enum profile_package *out, struct err *e)
{
    for (int i = 0; i < PACKAGES; i++) {
        if (str_eq(packages[i].name, name)) {
            *out = (enum profile_package)i;
            return true;
        }
    }
    return err_set(e, ERR_INVALID, "a package is standard or scaling, not \"%.40s\"", name);
}

static bool set_url(struct profile *p, const char *value, struct err *e)
{
    (void)e;
    free(p->base_url);
    p->base_url = address_plain(value);
    return true;
}

static bool set_user(struct profile *p, const char *value, struct err *e)
{
    (void)e;
    free(p->user);
    p->user = mem_strdup(value);
    return true;
}

static bool set_package(struct profile *p, const char *value, struct err *e)
{
    return profile_package_read(value, &p->package, e);
}

static bool set_way(struct profile *p, const char *value, struct err *e)
{
    p->way = str_eq(value, ways[WAY_KEY]) ? WAY_KEY : WAY_PASSWORD;
    return str_eq(value, ways[p->way]) ||
           err_set(e, ERR_INVALID, "sign-in is password or key, not \"%.40s\"", value);
}

static bool set_keep(struct profile *p, const char *value, struct err *e)
{
    p->keep = str_eq(value, keeps[KEEP_SESSION]) ? KEEP_SESSION : KEEP_KEYRING;
    return str_eq(value, keeps[p->keep]) ||
           err_set(e, ERR_INVALID, "secrets is keyring or session, not \"%.40s\"", value);
}

static const char *url_of(const struct profile *p)
{
    return p->base_url;
}

static const char *user_of(const struct profile *p)
{
    return p->user;
}

static const char *package_of(const struct profile *p)
{
    return packages[p->package].name;
}

static const char *way_of(const struct profile *p)
{
    return ways[p->way];
}

static const char *keep_of(const struct profile *p)
{
    return keeps[p->keep];
}

static const struct setting {
    const char *name;
    bool (*set)(struct profile *p, const char *value, struct err *e);
    const char *(*get)(const struct profile *p);
} settings[] = {
    {"base-url", set_url, url_of},  {"package", set_package, package_of},
    {"user", set_user, user_of},    {"sign-in", set_way, way_of},
    {"secrets", set_keep, keep_of},
};

struct reading {
    struct profile *profile;
    struct err *err;
};

static bool take(void *self, const struct line *line, struct err *e)
{
    struct reading *r = self;

    if (line->n != 3 || !str_eq(line->words[1].text, "="))
        return line_fault(e, &line->words[0], "a line is: name = value");
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        if (str_eq(settings[i].name, line->words[0].text))
            return settings[i].set(r->profile, line->words[2].text, e) ||
                   line_fault(e, &line->words[2], "%s", e->text);
    }
    return true;
}

static void keep_fault(void *self, const char *sentence)
{
    struct reading *r = self;

    if (r->err->kind == ERR_NONE)
        (void)err_set(r->err, ERR_INVALID, "%s", sentence);
}

bool profile_parse(const char *text, struct profile *p, struct err *e)
{
    struct reading r = {p, e};
    struct line_reader reader = {&r, take, keep_fault};
    char *file = str_format("profile %s", p->name);

    *e = (struct err){0};
    (void)lines_read(file, text, &reader);
    free(file);
    if (e->kind != ERR_NONE)
        return false;
    if (!p->base_url || !p->user)
        return err_set(e, ERR_INVALID, "profile %s has no %s", p->name,
                       p->base_url ? "user" : "base-url");
    return true;
}

void profile_print(const struct profile *p, struct str *out)
{
    str_add(out,
            "# An account that Lode knows. Its secrets are not here: lode status says where.\n");
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        str_addf(out, "%s = ", settings[i].name);
        line_quote(settings[i].get(p), out);
        str_add_char(out, '\n');
    }
}
