// lode doctor. Main thread. Floor: cli.
#include "cli/account.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/doctor.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

static const struct sheet_column columns[] = {{"check", "Check", COLUMN_TEXT},
                                              {"state", "State", COLUMN_TEXT},
                                              {"text", "What was found", COLUMN_TEXT}};

static struct doctor_terminal look_at_terminal(void)
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

static bool run_checks(struct doctor *d, struct output *out, bool *healthy, struct err *e)
{
    bool ok = true;

    *healthy = true;
    for (size_t i = 0; ok && i < doctor_count(); i++) {
        struct doctor_result r;
        const char *cells[] = {NULL, NULL, r.text};

        app_step(d->app, "checks", (long long)i, (long long)doctor_count());
        doctor_check(d, i, &r);
        cells[0] = r.check;
        cells[1] = doctor_state_name(r.state);
        *healthy = *healthy && r.state != DOCTOR_MEND;
        ok = output_row(out, cells, NULL, e);
    }
    return ok;
}

int command_doctor(struct invocation *in)
{
    struct account *a = in->account;
    struct doctor d = {.app = &in->app,
                       .keyring = a->keyring,
                       .profile = &a->profile,
                       .known = a->known,
                       .terminal = look_at_terminal()};
    struct output out;
    struct err e;
    bool healthy;

    if (!output_open(&out, in, columns, ARRAY_LEN(columns), &e))
        return cli_fail(&e);
    if (!run_checks(&d, &out, &healthy, &e)) {
        output_abort(&out);
        return cli_fail(&e);
    }
    if (!output_close(&out, &e))
        return cli_fail(&e);
    return healthy ? EXIT_DONE : EXIT_FAILED;
}
