// lode doctor. Main thread. Floor: cli.
#include "cli/account.h"
#include "cli/cli.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "flow/doctor.h"

#include "base/mem.h"
#include "base/str.h"

static const struct sheet_column columns[] = {{"check", "Check", COLUMN_TEXT},
                                              {"state", "State", COLUMN_TEXT},
                                              {"text", "What was found", COLUMN_TEXT}};

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

static bool add_fault(void *self, const char *const *cells)
{
    str_addf(self, "%s\n", cells[0]);
    return true;
}

static int examine(struct invocation *in, const char *faults)
{
    struct account *a = in->account;
    struct doctor d = {.app = &in->app,
                       .keyring = a->keyring,
                       .profile = &a->profile,
                       .known = a->known,
                       .terminal = doctor_terminal_here(),
                       .faults = faults};
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

int command_doctor(struct invocation *in)
{
    struct str faults = {0};
    int status;

    in->screen->list(CLI_FAULTS, add_fault, &faults);
    status = examine(in, str_text(&faults));
    str_free(&faults);
    return status;
}
