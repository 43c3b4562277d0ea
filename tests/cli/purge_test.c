// Who is purged or suppressed stays away, over the real programs, and what was paid for them is not
// forgotten. Each test continues where the one before stopped. Tests.
#include "cli/library_stage.h"

#include <dirent.h>
#include <openssl/evp.h>
#include <stdio.h>

// The folder of the one profile there is; the caller frees it.
static char *profile_folder(const struct world *w)
{
    char *data = str_format("%s/data/lode", w->home.path), *found = NULL;
    DIR *folder = opendir(data);

    if (!folder)
        fail_msg("no %s", data);
    for (struct dirent *f; (f = readdir(folder)) != NULL;) {
        if (*f->d_name != '.' && !found)
            found = str_format("%s/%s", data, f->d_name);
    }
    (void)closedir(folder);
    free(data);
    return found;
}

static int set_up(void **state)
{
    int failed = library_world(state);

    if (!failed)
        search_and_buy(*state);
    return failed;
}

static void who_is_purged_is_in_no_file(void **state)
{
    const struct world *w = *state;
    char *email = first(w, "email"), *id = first(w, "id"), *line, *folder = profile_folder(w);
    char *find = str_format("grep -rlF '%s' '%s' '%s/state'", email, folder, w->home.path);
    char *session = str_format("state/lode/%s/session", strrchr(folder, '/') + 1), *left;
    char found[8] = "", *state_folder;
    struct err e;
    FILE *out;

    // As the explorer leaves its marks.
    left = str_format("in contact\nmark %s \"%s\"\nmark 4711 Else\n", id, email);
    state_folder = str_format("%s/state/lode/%s", w->home.path, strrchr(folder, '/') + 1);
    assert_true(file_make_dir(state_folder, &e));
    free(state_folder);
    write_file(w, session, left);
    free(left);

    line = str_format("library purge contact %s", id);
    expect_line(w, line, 5, NULL, "Purging takes 1 contact out");
    expect_line(w, line, 5, NULL, "whoever shares one (info@...) is withheld");
    free(line);
    line = str_format("library purge contact %s --yes", id);
    expect_line(w, line, 0, NULL, "1 contact is gone from the library");
    free(line);
    out = popen(find, "r");
    assert_non_null(out);
    assert_null(fgets(found, sizeof(found), out));
    (void)pclose(out);
    left = file_text(w, session);
    assert_string_equal(left, "in contact\nmark 4711 Else\n");
    free(left);
    line = str_format("quote contact --from %s/found.csv", w->home.path);
    expect_line(w, line, 0, "suppressed", NULL);
    free(line);
    free(session);
    free(find);
    free(folder);
    free(email);
    free(id);
}

// What came and is on the list is told as that alone.
static void expect_withheld(const struct world *w, const char *line, const char *charged)
{
    struct run r = lode(w, line);

    expect(&r, 0, NULL);
    expect_in(&r.out, "SUPPRESSED");
    expect_in(&r.err, charged);
    expect_in(&r.err, "1 SUPPRESSED: on the suppression list");
    assert_null(strstr(str_text(&r.err), "fetched again"));
    assert_null(strstr(str_text(&r.err), "1 bought"));
    run_free(&r);
}

// Buys somebody whose address is on the list, under an id that nobody knew.
static void buy_withheld(const struct world *w, const char *email, const char *id,
                         const char *charged, const char *record)
{
    struct world other = {.home = home_make(), .server = w->server};
    char *line = str_format("library suppress contact %s", email);

    expect_line(&other, line, 0, NULL, "0 ids and 1 new e-mail address are");
    free(line);
    write_file(&other, "ids", id);
    line =
        str_format("enrich contact --from %s/ids --max-credits 1 --format jsonl", other.home.path);
    expect_withheld(&other, line, charged);
    free(line);
    expect_line(&other, "ledger records 1", 0, record, NULL);
    expect_line(&other, "library search contact --all", 0, NULL, "0 of 0");
    expect_line(&other, "library suppress contact", 0, id, NULL);
    home_remove(&other.home);
}

static void a_suppressed_address_is_not_kept_though_it_comes(void **state)
{
    struct world *w = *state;
    char *email = first(w, "email"), *id = first(w, "id"), *line;

    // The account owned it, and then it did not.
    buy_withheld(w, email, id, "Charged: 0 credits, 1 record, 1 request",
                 "owned: no credit; suppressed, not kept");
    server_reset(w->server);
    buy_withheld(w, email, id, "Charged: 1 credit, 1 record, 1 request",
                 "charged: 1 credit; suppressed, not kept");
    // Here it is held; putting it on the list takes it out.
    line = str_format("library suppress contact %s", email);
    expect_line(w, line, 0, NULL, "1 record with such an address was purged");
    free(line);
    expect_line(w, "library suppress contact nobody", 2, NULL, "no id, e-mail address or SHA-256");
    free(email);
    free(id);
}

// The same of one that stands deeper in the record, without a comma in it.
static char *first_company(const struct world *w)
{
    char *text = printed(w, "library search contact --all --sort id:asc --limit 1 --columns "
                            "companyName --format csv");
    const char *at = strchr(text, '\n');
    char *name;

    assert_non_null(at);
    name = mem_dup(at + 1, strcspn(at + 1, ",\n") + 1);
    name[strcspn(at + 1, ",\n")] = '\0';
    free(text);
    return name;
}

static char *md5_of(const char *text)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    char hex[40] = "";
    unsigned n = 0;

    assert_int_equal(EVP_Digest(text, strlen(text), bytes, &n, EVP_md5(), NULL), 1);
    for (unsigned i = 0; i < n; i++)
        (void)snprintf(hex + strlen(hex), 3, "%02x", bytes[i]);
    return mem_strdup(hex);
}

// By an address, by a hash of it, or by a name, whose line is remembered once its answer came.
static void who_was_purged_is_not_asked_for_another_way(void **state)
{
    const struct world *w = *state;
    struct world other = {.home = home_make(), .server = w->server};
    char *email = first(w, "email"), *id = first(w, "id"), *name = first(w, "firstName"),
         *last = first(w, "lastName"), *company = first_company(w), *md5 = md5_of(email), *line,
         *text;
    long long calls;

    write_file(&other, "ids", id);
    line = str_format("enrich contact --from %s/ids --max-credits 1", other.home.path);
    expect_line(&other, line, 0, email, NULL);
    free(line);
    line = str_format("library purge contact %s --yes", id);
    expect_line(&other, line, 0, NULL, "gone from the library");
    free(line);
    text = str_format("email,hash\n%s,\n,%s\n", email, md5);
    write_file(&other, "mail.csv", text);
    free(text);
    line = str_format("quote contact --from %s/mail.csv --map hash=hashedEmail --format csv",
                      other.home.path);
    expect_line(&other, line, 0, "suppressed,2,0,0", NULL);
    free(line);
    text = str_format("first,last,company\n%s,%s,\"%s\"\n", name, last, company);
    write_file(&other, "names.csv", text);
    free(text);
    line = str_format("enrich contact --from %s/names.csv --max-credits 1 --format csv",
                      other.home.path);
    expect_line(&other, line, 0, "SUPPRESSED", "1 SUPPRESSED: on the suppression list");
    calls = server_stat(w->server, "requests.POST /enrich/contact");
    expect_line(&other, line, 0, "opted out or purged: never sent", NULL);
    assert_int_equal(server_stat(w->server, "requests.POST /enrich/contact"), calls);
    free(line);
    // Who is let back in is so with all that had come onto the list for their sake.
    line = str_format("library suppress contact --remove %s", id);
    expect_line(&other, line, 0, NULL, "1 is off the suppression list");
    free(line);
    expect_line(&other, "library suppress contact --format csv", 0, "entity,id,since\n", NULL);
    text = printed(&other, "library suppress contact --format csv");
    assert_string_equal(text, "entity,id,since\n");
    home_remove(&other.home);
    free(text);
    free(company);
    free(last);
    free(name);
    free(md5);
    free(email);
    free(id);
}

// An id on the list that was never bought, bought by an address that nobody knew to be its.
static void who_is_on_the_list_is_paid_for_once(void **state)
{
    const struct world *w = *state;
    struct world other = {.home = home_make(), .server = w->server};
    char *email = first(w, "email"), *id = first(w, "id"), *line, *text;

    server_reset(w->server);
    line = str_format("library suppress contact %s", id);
    expect_line(&other, line, 0, NULL, "1 id");
    free(line);
    text = str_format("email\n%s\n", email);
    write_file(&other, "mail.csv", text);
    free(text);
    line = str_format("enrich contact --from %s/mail.csv --max-credits 5 --format csv",
                      other.home.path);
    expect_line(&other, line, 0, "SUPPRESSED", "Charged: 1 credit, 1 record, 1 request");
    expect_line(&other, line, 0, "opted out or purged: never sent",
                "Charged: 0 credits, 0 records, 0 requests");
    free(line);
    expect_line(&other, "ledger records 1", 0, "charged: 1 credit; suppressed, not kept", NULL);
    expect_line(&other, "library search contact --all", 0, NULL, "0 of 0");
    // Owned, and off the list it is known to be.
    line = str_format("library suppress contact --remove %s", id);
    expect_line(&other, line, 0, NULL, "1 is off the suppression list");
    free(line);
    write_file(&other, "ids", id);
    line = str_format("quote contact --from %s/ids --format csv", other.home.path);
    expect_line(&other, line, 0, "owned,1,0,0", NULL);
    free(line);
    // Suppressed by the address, she is so by her id; taken off by it, not any more.
    line = str_format("enrich contact --from %s/ids --max-credits 0", other.home.path);
    expect_line(&other, line, 0, email, NULL);
    free(line);
    line = str_format("library suppress contact %s", email);
    expect_line(&other, line, 0, NULL, "1 record with such an address was purged");
    free(line);
    line = str_format("library suppress contact --remove %s", email);
    expect_line(&other, line, 0, NULL, "1 that had come there with it alone is off too.");
    free(line);
    line = str_format("quote contact --from %s/ids --format csv", other.home.path);
    expect_line(&other, line, 0, "owned,1,0,0", NULL);
    free(line);
    home_remove(&other.home);
    free(email);
    free(id);
}

// It may name whoever its call asked for, and may be all there is of the others.
static void an_unsound_answer_goes_whole_and_is_told(void **state)
{
    const struct world *w = *state;
    struct world other = {.home = home_make(), .server = w->server};
    char *id = first(w, "id"), *ids = str_format("%s\n4711\n", id), *line;

    write_file(&other, "ids", ids);
    server_faults(w->server, "POST /enrich/contact bad-json first=1");
    line = str_format("enrich contact --from %s/ids --max-credits 2", other.home.path);
    expect_line(&other, line, 3, NULL, "in doubt");
    free(line);
    server_faults(w->server, "");
    line = str_format("library purge contact %s", id);
    expect_line(&other, line, 5, NULL,
                "With that goes what came of charge 1 and was no sound answer: whole, for 1 other "
                "record too that was asked for with it. lode ledger answer 1 prints it.");
    free(line);
    line = str_format("library purge contact %s --yes", id);
    expect_line(&other, line, 0, NULL, "With that went what came of charge 1");
    free(line);
    home_remove(&other.home);
    free(ids);
    free(id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_purged_is_in_no_file),
        cmocka_unit_test(an_unsound_answer_goes_whole_and_is_told),
        cmocka_unit_test(who_was_purged_is_not_asked_for_another_way),
        cmocka_unit_test(who_is_on_the_list_is_paid_for_once),
        cmocka_unit_test(a_suppressed_address_is_not_kept_though_it_comes),
    };

    return cmocka_run_group_tests_name("purge", tests, set_up, world_close);
}
