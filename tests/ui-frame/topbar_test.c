// The top bar: what it says, what goes first where it is narrow, and when it reads differently.
// Tests.
#include "support/test.h"

#include <stdlib.h>
#include <string.h>

#include "ui/frame/topbar.h"

enum { WIDE = 200 };

static struct canvas canvas;
static struct topbar bar;

static const char *draw(const struct desk *d, int w)
{
    static struct str line;

    canvas_size(&canvas, 1, w);
    topbar_draw(&bar, d, canvas_area(&canvas));
    str_clear(&line);
    canvas_line(&canvas, 0, &line);
    return str_text(&line);
}

static struct desk *full_desk(void)
{
    static char profile[] = "acme", host[] = "api.zoominfo.com";
    static const struct desk_config config = {.rate = -1};
    struct desk *d = desk_open(&config);

    free(d->profile);
    free(d->host);
    d->profile = strdup(profile);
    d->host = strdup(host);
    d->state = DESK_READY;
    d->spender = d->locked = true;
    d->usage.meters[METER_CREDITS] = (struct meter){true, 10000, 1010, 8990};
    d->usage.meters[METER_RECORDS] = (struct meter){true, 1000000, 46000, 954000};
    d->usage.meters[METER_REQUESTS] = (struct meter){true, 3000000, 89000, 2911000};
    d->pulse = (struct desk_pulse){
        .token_expires_ms = desk_utc_ms(d) + 41 * 60000 + 7500, .rate_used = 4, .rate_limit = 25};
    return d;
}

static void test_in_full(void **state)
{
    struct desk *d = full_desk();

    (void)state;
    assert_string_equal(draw(d, WIDE),
                        " acme  api.zoominfo.com  credits 8,990 left  records 954k left  "
                        "requests 2.9M left  token 41m  4/25 a second   SPEND LOCKED");
    desk_close(d);
}

static void test_calls_that_are_counted_alone(void **state)
{
    struct desk *d = full_desk();

    (void)state;
    d->pulse.alone = true;
    assert_non_null(strstr(draw(d, WIDE), "  4/25 a second alone   SPEND LOCKED"));
    assert_non_null(strstr(draw(d, 80), "  4/25!   SPEND LOCKED"));
    d->sandbox = true;
    for (int w = 60; w <= WIDE; w++)
        assert_non_null(strstr(draw(d, w), w < WIDE ? "  4/25" : "  4/25 a second alone"));
    desk_close(d);
}

static void test_unknown_meters(void **state)
{
    struct desk *d = full_desk();

    (void)state;
    d->usage = (struct usage){0};
    assert_non_null(strstr(draw(d, WIDE), "credits ?  records ?  requests ?"));
    desk_close(d);
}

static void test_the_lock(void **state)
{
    struct desk *d = full_desk();

    (void)state;
    d->locked = false;
    assert_non_null(strstr(draw(d, WIDE), "SPENDING OPEN"));
    d->spender = false;
    assert_non_null(strstr(draw(d, WIDE), "BROWSE ONLY"));
    (void)strcpy(bar.again, "L");
    assert_non_null(strstr(draw(d, WIDE), "BROWSE ONLY, L tries again"));
    bar.again[0] = '\0';
    desk_close(d);
}

static void test_the_token(void **state)
{
    struct desk *d = full_desk();
    int64_t now = desk_utc_ms(d);

    (void)state;
    (void)draw(d, WIDE);
    assert_true(bar.next_ms > now && bar.next_ms <= now + 9000);
    d->pulse.token_expires_ms = now + 99500;
    assert_non_null(
        strstr(draw(d, WIDE), "token 1:3")); // and so many seconds as it took until here
    assert_true(bar.next_ms <= now + 2000);
    d->pulse.token_expires_ms = now - 1;
    assert_non_null(strstr(draw(d, WIDE), "token expired"));
    assert_int_equal(bar.next_ms, 0);
    d->pulse.token_expires_ms = 0;
    assert_non_null(strstr(draw(d, WIDE), "no token"));
    d->pulse.signing_in = true;
    assert_non_null(strstr(draw(d, WIDE), "signing in"));
    d->state = DESK_FAILED;
    assert_non_null(strstr(draw(d, WIDE), "NOT SIGNED IN"));
    desk_close(d);
}

static void test_narrow(void **state)
{
    struct desk *d = full_desk();

    (void)state;
    for (int w = 40; w <= WIDE; w++) {
        const char *line = draw(d, w);

        assert_true(strlen(line) <= (size_t)w);
        assert_null(strstr(line, "\xe2\x80\xa6"));
        assert_non_null(strstr(line, "acme"));
        assert_non_null(strstr(line, "8,990"));
        assert_non_null(strstr(line, "LOCKED"));
    }
    assert_string_equal(draw(d, 80),
                        " acme  credits 8,990 left  rec 954k  req 2.9M  token 41m  4/25   "
                        "SPEND LOCKED");
    d->sandbox = true;
    assert_non_null(strstr(draw(d, 40), "SANDBOX"));
    desk_close(d);
}

// The rate in use has its place at 80 columns, whatever it is just now, beside the day's budget.
static void test_the_rate_at_80_columns(void **state)
{
    struct desk *d = full_desk();

    (void)state;
    d->limits.most[CAP_DAY] = 50;
    d->ledger.known = true;
    d->ledger.today.charged = 12;
    assert_string_equal(draw(d, 80), " acme  credits 8,990 (12/50)  rec 954k  req 2.9M  token 41m  "
                                     "4/25   SPEND LOCKED");
    d->sandbox = true;
    d->usage.meters[METER_CREDITS].remaining = 10000;
    for (int used = 0; used <= 25; used++) {
        d->pulse.rate_used = used;
        assert_non_null(
            strstr(draw(d, 80), used < 10 ? "/25   SPEND LOCKED" : "/25  SPEND LOCKED"));
        assert_non_null(strstr(draw(d, 80), " credits 10,000 (12/50)  rec 954k  req 2.9M  41m "));
    }
    desk_close(d);
}

static void test_clicks(void **state)
{
    struct desk *d = full_desk();
    const char *line = draw(d, WIDE);
    int lock = (int)(strstr(line, "SPEND") - line), credits = (int)(strstr(line, "cred") - line);

    (void)state;
    assert_string_equal(topbar_command(&bar, lock), "lock");
    assert_string_equal(topbar_command(&bar, credits + 3), "open usage");
    assert_null(topbar_command(&bar, WIDE - 1));
    assert_null(topbar_command(&bar, credits - 1));
    desk_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calls_that_are_counted_alone),
        cmocka_unit_test(test_in_full),
        cmocka_unit_test(test_unknown_meters),
        cmocka_unit_test(test_the_lock),
        cmocka_unit_test(test_the_token),
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_the_rate_at_80_columns),
        cmocka_unit_test(test_clicks),
    };

    return cmocka_run_group_tests_name("ui-frame-topbar", tests, NULL, NULL);
}
