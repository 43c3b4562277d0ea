// Tickers and addresses on the internet: each tells the company's row again. Any thread. Assumed: a
// ticker is "EXCHANGE: LETTERS"; inputs may leave the exchange out. Floor: sandbox/world.
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/match.h"
#include "sandbox/world/text.h"

enum {
    LETTERS = 4,
    TICKERS = 26 * 26 * 26 * 26,
    STEP = 158793,      // has no divisor in common with 26,
    STEP_BACK = 282457, // and STEP * STEP_BACK is 1 modulo TICKERS
    IPS = 1 << 17,      // 198.18.0.0/15 is set aside for tests
    IP_FIRST = 198,
    IP_SECOND = 18,
    IP_PARTS = 4
};

void world_company_ticker(const struct world *w, uint32_t company, struct str *out)
{
    static const char *const exchanges[] = {"NASDAQ: ", "NYSE: ", "LSE: ", "TSX: "};
    uint32_t n = (uint32_t)((uint64_t)company * STEP % TICKERS);

    if (w->companies.type[company] != w->lore->type_public || company >= TICKERS)
        return;
    str_add(out, exchanges[company % ARRAY_LEN(exchanges)]);
    for (int i = 0; i < LETTERS; i++) {
        str_add_char(out, (char)('A' + n % 26));
        n /= 26;
    }
}

// The row whose ticker has these letters, or WORLD_NONE.
static uint32_t row_of(const char *letters)
{
    uint32_t n = 0;

    if (strlen(letters) != LETTERS)
        return WORLD_NONE;
    for (int i = LETTERS; i-- > 0;) {
        char letter = (char)(letters[i] & ~('a' - 'A'));

        if (letter < 'A' || letter > 'Z')
            return WORLD_NONE;
        n = n * 26 + (uint32_t)(letter - 'A');
    }
    return (uint32_t)((uint64_t)n * STEP_BACK % TICKERS);
}

uint32_t world_company_by_ticker(const struct world *w, const char *ticker)
{
    const char *colon = strrchr(ticker, ':'), *letters = colon ? colon + 1 : ticker;
    size_t exchange = colon ? (size_t)(colon - ticker) + 1 : 0;
    uint32_t company = row_of(letters + strspn(letters, " "));
    struct str made = {0};

    if (company >= w->n_companies)
        return WORLD_NONE;
    world_company_ticker(w, company, &made);
    if (!made.len || strncasecmp(made.data, ticker, exchange))
        company = WORLD_NONE;
    str_free(&made);
    return company;
}

void world_company_ip(const struct world *w, uint32_t company, struct str *out)
{
    if (company < w->n_companies && company < IPS) {
        str_addf(out, "%d.%u.%u.%u", IP_FIRST, IP_SECOND + (company >> 16), company >> 8 & 0xff,
                 company & 0xff);
    }
}

uint32_t world_company_by_ip(const struct world *w, const char *address)
{
    struct str made = {0};
    unsigned a, b, c, d;
    uint32_t company = WORLD_NONE;

    if (sscanf(address, "%3u.%3u.%3u.%3u", &a, &b, &c, &d) != IP_PARTS || a != IP_FIRST ||
        b < IP_SECOND)
        return WORLD_NONE;
    company = (b - IP_SECOND) << 16 | c << 8 | d;
    world_company_ip(w, company, &made);
    if (!str_eq(str_text(&made), address))
        company = WORLD_NONE;
    str_free(&made);
    return company;
}
