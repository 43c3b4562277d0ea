// What a person mistypes: the exit status and the sentence; nothing is sent or written. Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "support/run.h"
#include "support/server.h"

struct refusal {
    const char *line;
    int status;
    const char *says;
};

static const struct refusal offline[] = {
    {"serach contact", 2, "did you mean lode search?"},
    {"", 2, "the explorer needs a terminal"},
    {"--execute search", 2, "the explorer needs a terminal"},
    {"--linear --rate fast", 2, "whole number"},
    {"--linear --color red", 2, "--color takes always, never or auto, not \"red\""},
    {"--linear --sandbox --base-url http://127.0.0.1:1", 2, "do not go together"},
    {"search", 2, "usage: lode search"},
    {"search contact --linear", 2, "takes no --linear"},
    {"search contact --limt 5", 2, "did you mean --limit"},
    {"search contact --limit", 2, "needs a value"},
    {"raw GET /lookup --output x.csv", 2, "takes no --output"},
    {"ledger --state lost", 2, "no charge has the state"},
    {"ledger --format xml", 2, "table|csv|tsv|json|jsonl"},
    {"export contcat", 2, "did you mean contact"},
    {"export contact --fields emial", 2, "did you mean email"},
    {"export contact --from nowhere.csv", 1, "cannot open nowhere.csv"},
    {"export contact --profile ../x", 2, "the name of a profile takes"},
    {"usage --base-url http://example.com", 2, "https://"},
    {"usage --rate 0", 2, "on this machine only"},
    {"usage --rate fast", 2, "whole number"},
    {"usage --sandbox --base-url http://127.0.0.1:1", 2, "do not go together"},
    {"sandbox fly", 2, "serve or reset"},
    {"help nothing", 2, "no command"},
    {"help --completion tcsh", 2, "bash, zsh or fish"},
};

static const struct refusal online[] = {
    {"lookup indstry", 2, "did you mean industry?"},
    {"lookup usage", 2, "see lode usage"},
    {"lookup /lookup/outputfields/contact/enrich", 2, "see lode fields"},
    {"lookup tech/product", 2, "--query"},
    {"count contact --where managementLevl=Director", 2, "managementLevel"},
    {"count contact --where 'managementLevel=VP Levle Exec'", 2, "did you mean"},
    {"count contact --where contactAccuracyScoreMin=60", 2, "70"},
    {"count contact --where contactAccuracyScoreMin=many", 2, "number"},
    {"count contact --where 'contactAccuracyScoreMin=90' --where 'contactAccuracyScoreMax=80'", 2,
     ""},
    {"count contact --where positionStartDateMin=2026-02-30", 2, "2026-02-30"},
    {"count contact --where rpp=5", 2, "--limit"},
    {"count contact --where nonsense", 2, ""},
    {"count contact --where 'school!=MIT'", 2, ""},
    {"search contact --sort salary", 2, ""},
    {"search contact --limit -1", 2, "whole number"},
    {"search contact --columns name", 2, ""},
    {"quote contact", 2, "--from"},
    {"quote contact --from people.csv", 2, "its columns are: who, where"},
    {"quote contact --from empty.csv", 2, "no contact ids"},
    {"quote contact --from words.csv", 2, "its columns are: hello"},
    {"enrich contact --from ids.csv --max-credits lots", 2, "whole number"},
    {"enrich contact --from ids.csv --max-credits -1", 2, "whole number"},
    {"enrich contact --from ids.csv", 5, "--max-credits"},
    {"enrich contact --from ids.csv --max-credits 1 --fields emial", 2, "did you mean email"},
    {"raw DELETE /webhooks", 5, "not sent"},
    {"raw GET /nowhere", 5, "not sent"},
    {"raw POST /bulk/search/contact {}", 5, "charges"},
};

struct world {
    struct home home;
    struct server *server;
};

static void put(const struct world *w, const char *name, const char *text)
{
    char *path = str_format("%s/%s", w->home.path, name);
    struct file_new f;
    struct err e;

    assert_true(file_new_open(&f, path, false, &e));
    assert_true(file_write_all(f.fd, text, strlen(text)));
    assert_true(file_new_commit(&f, &e));
    free(path);
}

static int set_up(void **state)
{
    static const char *const options[] = {"--unlimited", NULL};
    struct world *w = calloc(1, sizeof(*w));

    w->home = home_make();
    w->server = server_start(options);
    put(w, "people.csv", "who,where\nAna,here\n");
    put(w, "empty.csv", "personId\n");
    put(w, "words.csv", "hello\n");
    put(w, "ids.csv", "personId\n1\n");
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    struct world *w = *state;
    int status = server_stop(w->server);

    home_remove(&w->home);
    free(w);
    return status;
}

static void expect(const struct world *w, const char *base_url, const struct refusal *c)
{
    struct run r = run_lode(&w->home, base_url, c->line);

    if (r.status != c->status || !strstr(str_text(&r.err), c->says))
        fail_msg("%s: exit %d, not %d, or does not say \"%s\":\n%s", c->line, r.status, c->status,
                 c->says, str_text(&r.err));
    if (r.out.len || !str_starts(str_text(&r.err), "lode: "))
        fail_msg("%s: stdout \"%s\", stderr \"%s\"", c->line, str_text(&r.out), str_text(&r.err));
    run_free(&r);
}

static void mistakes_get_one_plain_sentence(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(offline); i++)
        expect(*state, NULL, &offline[i]);
}

static void wrong_questions_get_one_plain_sentence(void **state)
{
    const struct world *w = *state;

    for (size_t i = 0; i < ARRAY_LEN(online); i++)
        expect(w, w->server->url, &online[i]);
}

static void a_wrong_password_is_told(void **state)
{
    const struct world *w = *state;
    char *line = str_format("usage --base-url=%s --user=someone@example.com", w->server->url);
    struct run r = run_lode(&w->home, NULL, line);

    assert_int_equal(r.status, 4);
    assert_non_null(strstr(r.err.data, "--password-stdin"));
    run_free(&r);
    free(line);
    line = str_format("%s --base-url=%s --user=someone@example.com --password-stdin", "usage",
                      w->server->url);
    r = run_lode(&w->home, NULL, line);
    assert_int_equal(r.status, 2);
    run_free(&r);
    free(line);
}

static void nobody_listening_is_told(void **state)
{
    const struct world *w = *state;
    struct run r = run_lode(&w->home, "http://127.0.0.1:9", "usage");

    assert_int_equal(r.status, 3);
    assert_non_null(strstr(r.err.data, "127.0.0.1"));
    run_free(&r);
}

static void help_is_data(void **state)
{
    const struct world *w = *state;
    static const char *const lines[] = {
        "help",       "--help",          "help search",   "search --help",          "--version",
        "help --man", "help --man-conf", "help explorer", "help --completion bash", "keys"};

    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        struct run r = run_lode(&w->home, NULL, lines[i]);

        assert_int_equal(r.status, 0);
        assert_true(r.out.len > 5);
        assert_int_equal(r.err.len, 0);
        run_free(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_get_one_plain_sentence),
        cmocka_unit_test(wrong_questions_get_one_plain_sentence),
        cmocka_unit_test(a_wrong_password_is_told),
        cmocka_unit_test(nobody_listening_is_told),
        cmocka_unit_test(help_is_data),
    };

    return cmocka_run_group_tests_name("refusals", tests, set_up, tear_down);
}
