// The doctor: its table of checks, and those of this machine. Floor: flow.
#include "flow/doctor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/count.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "flow/doctor_inside.h"
#include "flow/retain.h"

enum { ROOM_MIB = 100, COLUMNS_MIN = 40, ROWS_MIN = 10, FAULTS_WIDTH = 600 };

static const char *const state_names[] = {[DOCTOR_PASS] = "pass",
                                          [DOCTOR_WARNING] = "warning",
                                          [DOCTOR_MEND] = "mend",
                                          [DOCTOR_SKIPPED] = "skipped"};

// Each may stand on what those above it found.
static const struct check {
    const char *name;
    doctor_run *run;
} checks[] = {
    {"keyring", doctor_keyring},
    {"key", doctor_key},
    {"DNS", doctor_dns},
    {"TLS", doctor_tls},
    {"clock", doctor_clock},
    {"sign-in", doctor_sign_in},
    {"entitlements", doctor_account},
    {"limits", doctor_limits},
    {"terminal", doctor_terminal},
    {"lode.conf", doctor_config},
    {"store", doctor_store},
    {"retention", doctor_retention},
};

struct doctor_terminal doctor_terminal_here(void)
{
    struct winsize size = {0};
    struct doctor_terminal t = {.present = isatty(STDOUT_FILENO) && isatty(STDIN_FILENO),
                                .type = getenv("TERM"),
                                .utf8 = text_is_utf8()};

    if (t.present && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        t.columns = size.ws_col;
        t.rows = size.ws_row;
    }
    return t;
}

size_t doctor_count(void)
{
    return ARRAY_LEN(checks);
}

const char *doctor_name(size_t i)
{
    return checks[i].name;
}

void doctor_check(struct doctor *d, size_t i, struct doctor_result *out)
{
    *out = (struct doctor_result){.check = checks[i].name};
    checks[i].run(d, out);
}

const char *doctor_state_name(enum doctor_state state)
{
    return state_names[state];
}

void doctor_find(struct doctor_result *out, enum doctor_state state, const char *format, ...)
{
    va_list args;

    out->state = state;
    va_start(args, format);
    (void)vsnprintf(out->text, sizeof(out->text), format, args);
    va_end(args);
}

// Where terminfo keeps descriptions: folders by first letter, or by its number.
static bool is_described(const char *type)
{
    static const char *const folders[] = {"/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo",
                                          "/usr/lib/terminfo", "/usr/local/share/terminfo"};
    const char *home = getenv("HOME"), *own = getenv("TERMINFO");
    char *places[ARRAY_LEN(folders) + 2];
    size_t n = 0;
    bool found = false;

    for (size_t i = 0; i < ARRAY_LEN(folders); i++)
        places[n++] = mem_strdup(folders[i]);
    if (own && *own)
        places[n++] = mem_strdup(own);
    if (home && *home)
        places[n++] = str_format("%s/.terminfo", home);
    while (n) {
        char *letter = str_format("%s/%c/%s", places[--n], *type, type);
        char *number = str_format("%s/%x/%s", places[n], (unsigned char)*type, type);

        found = found || access(letter, R_OK) == 0 || access(number, R_OK) == 0;
        free(letter);
        free(number);
        free(places[n]);
    }
    return found;
}

void doctor_terminal(struct doctor *d, struct doctor_result *out)
{
    const struct doctor_terminal *t = &d->terminal;
    const char *type = t->type ? t->type : "";

    if (!t->present)
        doctor_find(out, DOCTOR_PASS, "the output goes elsewhere than to a terminal");
    else if (!*type || str_eq(type, "dumb"))
        doctor_find(out, DOCTOR_WARNING,
                    "TERM is %s, so the explorer works in lines alone (lode --linear); set TERM to "
                    "what your terminal is, e.g. xterm-256color",
                    *type ? type : "not set");
    else if (strchr(type, '/') || !is_described(type))
        doctor_find(
            out, DOCTOR_MEND,
            "TERM is \"%.40s\", which no terminfo here describes: set it to a known one, or "
            "on Debian: apt install ncurses-term",
            type);
    else if (!t->utf8)
        doctor_find(out, DOCTOR_WARNING,
                    "the locale is not UTF-8, so names are shown in ASCII; set LC_ALL=C.UTF-8");
    else if (t->columns && (t->columns < COLUMNS_MIN || t->rows < ROWS_MIN))
        doctor_find(out, DOCTOR_WARNING,
                    "it has %d columns and %d rows; the explorer wants %d and %d", t->columns,
                    t->rows, COLUMNS_MIN, ROWS_MIN);
    else
        doctor_find(out, DOCTOR_PASS, "%.40s, %d columns, %d rows, UTF-8", type, t->columns,
                    t->rows);
}

// All of them, as far as there is room.
void doctor_config(struct doctor *d, struct doctor_result *out)
{
    const char *faults = d->faults ? d->faults : "";
    struct str joined = {0}, fitting = {0};
    size_t n = 0;

    for (size_t len; *faults; faults += len + (faults[len] == '\n'), n++) {
        len = strcspn(faults, "\n");
        str_add(&joined, n ? "; " : "");
        str_add_len(&joined, faults, len);
    }
    text_fit(str_text(&joined), FAULTS_WIDTH, false, &fitting);
    if (n > 1)
        doctor_find(out, DOCTOR_WARNING, "%zu faults, which lode keys tells line by line: %s", n,
                    str_text(&fitting));
    else if (n)
        doctor_find(out, DOCTOR_WARNING, "%s", str_text(&fitting));
    else
        doctor_find(out, DOCTOR_PASS, "nothing is wrong in it");
    str_free(&joined);
    str_free(&fitting);
}

void doctor_retention(struct doctor *d, struct doctor_result *out)
{
    int months = d->app->config.limits.retain_months;
    struct retain_count past;
    struct str text = {0};
    struct err e;

    if (!months) {
        doctor_find(out, DOCTOR_PASS,
                    "records are kept until somebody purges them: " RETAIN_MONTHS_NAME " is 0");
        return;
    }
    if (!retain_look(d->app, NULL, &past, &e)) {
        doctor_find(out, DOCTOR_SKIPPED, "not looked at: %s", e.text);
        return;
    }
    retain_say(&past, NULL, months, &text);
    if (past.all)
        doctor_find(out, DOCTOR_WARNING,
                    "%s, past their retention: lode library purge contact --past-retention "
                    "(and company) takes them out of every file",
                    text.data);
    else
        doctor_find(out, DOCTOR_PASS, "no record was fetched more than %d month%s ago", months,
                    months == 1 ? "" : "s");
    str_free(&text);
}

void doctor_store(struct doctor *d, struct doctor_result *out)
{
    struct statvfs fs;
    struct err e;
    char n[COUNT_MAX];
    long long free_mib;

    if (!app_need_store(d->app, &e)) {
        doctor_find(out, DOCTOR_MEND, "%s", e.text);
        return;
    }
    if (statvfs(d->app->folder, &fs) != 0) {
        doctor_find(out, DOCTOR_MEND, "%s: %s", d->app->folder, strerror(errno));
        return;
    }
    free_mib = (long long)(fs.f_bavail * (unsigned long long)fs.f_frsize >> 20);
    if (!store_can_spend(d->app->store))
        doctor_find(out, DOCTOR_MEND,
                    "the ledger in %s cannot be written, so nothing may be spent: see who owns it "
                    "and whether the disk is read-only",
                    d->app->folder);
    else if (free_mib < ROOM_MIB)
        doctor_find(out, DOCTOR_WARNING, "only %s MiB are free where %s is; make room",
                    count_text(free_mib, n), d->app->folder);
    else
        doctor_find(out, DOCTOR_PASS, "ledger and library are in %s, %s MiB are free",
                    d->app->folder, count_text(free_mib, n));
}
