// CSV and TSV as RFC 4180 has them, with spreadsheet formulas made harmless. Any thread.
// Floor: base.
#include "base/csv.h"

#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "base/vec.h"

enum { PHONE_DIGITS = 7 };

static const char bom[] = "\xef\xbb\xbf";

// What a spreadsheet takes for the start of a formula; the last four are full-width.
static const char *const formula_starts[] = {
    "=", "+", "-", "@", "\t", "\r", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

static size_t digits(const char *p)
{
    return strspn(p, "0123456789");
}

// -5 and +1.5; a + with many digits is a phone, from which a spreadsheet would take the +.
static bool is_number(const char *text)
{
    const char *p = text + (*text == '+' || *text == '-');
    size_t whole = digits(p);

    if (whole == 0)
        return false;
    p += whole;
    if (*p == '\0')
        return *text != '+' || whole < PHONE_DIGITS;
    return *p == '.' && digits(p + 1) > 0 && p[1 + digits(p + 1)] == '\0';
}

static bool is_formula(const char *text)
{
    if (isalnum((unsigned char)*text))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(formula_starts); i++) {
        const char *start = formula_starts[i];

        if (*text == *start && strncmp(text, start, strlen(start)) == 0)
            return !is_number(text);
    }
    return false;
}

// A cell that has such a ' of its own takes one more, so that reading gives back what was written.
static bool needs_guard(const char *text)
{
    while (*text == '\'')
        text++;
    return is_formula(text);
}

static bool needs_quotes(const char *text, char separator)
{
    return strchr(text, separator) || text[strcspn(text, "\"\n\r")] ||
           strncmp(text, bom, sizeof(bom) - 1) == 0;
}

// Cells that begin with one of these may need a guard, or quotes for a BOM; the others do not.
static bool begins_plainly(const char *text)
{
    static const bool odd[UCHAR_MAX + 1] = {
        ['='] = true,  ['+'] = true,  ['-'] = true,  ['@'] = true,
        ['\t'] = true, ['\r'] = true, ['\''] = true, [0xef] = true};

    return !odd[(unsigned char)*text];
}

// 0 where none of eight bytes is a control, a quote or the separator: nothing that quotes are for.
static uint64_t odd_among(uint64_t eight, char separator)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t quote = eight ^ (each * '"'), parting = eight ^ (each * (unsigned char)separator);

    return (((eight - each * ' ') & ~eight) | ((quote - each) & ~quote) |
            ((parting - each) & ~parting)) &
           (each << 7);
}

// Copies a text of four to seven bytes as its first and its last four.
static uint64_t copy_short(char *to, const char *text, size_t len)
{
    uint32_t first, last;

    memcpy(&first, text, sizeof(first));
    memcpy(&last, text + len - 4, sizeof(last));
    memcpy(to, &first, sizeof(first));
    memcpy(to + len - 4, &last, sizeof(last));
    return (uint64_t)last << 32 | first;
}

static uint64_t copy_eight(char *to, const char *text)
{
    uint64_t eight;

    memcpy(&eight, text, sizeof(eight));
    memcpy(to, &eight, sizeof(eight));
    return eight;
}

// Copies; false where the text may have to stand in quotes.
static bool copy_plain(char *to, const char *text, size_t len, char separator)
{
    uint64_t odd = 0;

    if (len >= 8) {
        for (size_t i = 0; i + 8 < len; i += 8)
            odd |= odd_among(copy_eight(to + i, text + i), separator);
        odd |= odd_among(copy_eight(to + len - 8, text + len - 8), separator);
    } else if (len >= 4) {
        odd = odd_among(copy_short(to, text, len), separator);
    } else {
        for (size_t i = 0; i < len; i++) {
            to[i] = text[i];
            odd |= text[i] == '"' || text[i] == separator || (unsigned char)text[i] < ' ';
        }
    }
    return !odd;
}

static void add_doubled(struct str *out, const char *text)
{
    for (;;) {
        const char *quote = strchr(text, '"');

        if (!quote) {
            str_add(out, text);
            return;
        }
        str_add_len(out, text, (size_t)(quote - text) + 1);
        str_add_char(out, '"');
        text = quote + 1;
    }
}

static void add_odd(struct str *out, const struct csv_style *style, const char *text,
                    uint64_t *guarded)
{
    bool guard = !style->raw_formula && needs_guard(text);
    bool quotes = needs_quotes(text, style->separator);

    *guarded += guard;
    str_add(out, quotes ? "\"" : "");
    str_add(out, guard ? "'" : "");
    if (quotes)
        add_doubled(out, text);
    else
        str_add(out, text);
    str_add(out, quotes ? "\"" : "");
}

static void add_cell(struct str *out, const struct csv_style *style, const char *text, bool first,
                     uint64_t *guarded)
{
    size_t len = strlen(text);

    str_reserve(out, len + 1);
    if (!first)
        out->data[out->len++] = style->separator;
    if (begins_plainly(text) && copy_plain(out->data + out->len, text, len, style->separator)) {
        out->len += len;
        out->data[out->len] = '\0';
    } else {
        add_odd(out, style, text, guarded);
    }
}

void csv_cell(struct str *out, const struct csv_style *style, const char *text, bool first,
              uint64_t *guarded)
{
    add_cell(out, style, text, first, guarded);
}

void csv_line(struct str *out, const struct csv_style *style, const char *const *cells, size_t n,
              uint64_t *guarded)
{
    for (size_t i = 0; i < n; i++)
        add_cell(out, style, cells[i], i == 0, guarded);
    csv_line_end(out, style);
}

void csv_line_end(struct str *out, const struct csv_style *style)
{
    // An empty line would be no record at all.
    if (out->len == 0 || out->data[out->len - 1] == '\n')
        str_add(out, "\"\"");
    str_add(out, style->crlf ? "\r\n" : "\n");
}

// Counts separators outside quotes in the first line; the most frequent wins, a comma in doubt.
static char guess_separator(const char *p, const char *end)
{
    static const char candidates[] = ",;\t";
    size_t counts[sizeof(candidates) - 1] = {0}, best = 0;
    bool quoted = false;

    for (; p < end && (quoted || (*p != '\n' && *p != '\r')); p++) {
        const char *found = quoted || !*p ? NULL : strchr(candidates, *p);

        quoted ^= *p == '"';
        if (found)
            counts[found - candidates]++;
    }
    for (size_t i = 1; i < ARRAY_LEN(counts); i++)
        best = counts[i] > counts[best] ? i : best;
    return candidates[best];
}

struct csv_reader csv_open(const char *bytes, size_t len)
{
    size_t skip = len >= sizeof(bom) - 1 && memcmp(bytes, bom, sizeof(bom) - 1) == 0 ? 3 : 0;
    const char *at = bytes + skip, *end = bytes + len;

    return (struct csv_reader){
        .at = at, .end = end, .separator = guess_separator(at, end), .next_line = 1};
}

static bool at_line_end(const struct csv_reader *r)
{
    return r->at < r->end && (*r->at == '\n' || *r->at == '\r');
}

static void skip_line_end(struct csv_reader *r)
{
    if (*r->at++ == '\r' && r->at < r->end && *r->at == '\n')
        r->at++;
    r->next_line++;
}

static bool plain_cell(struct csv_reader *r, struct err *e)
{
    const char *from = r->at;

    while (r->at < r->end && *r->at != r->separator && !at_line_end(r)) {
        if (*r->at++ == '"')
            return err_set(e, ERR_INVALID, "line %zu has a quote inside an unquoted cell",
                           r->next_line);
    }
    str_add_len(&r->cells, from, (size_t)(r->at - from));
    return true;
}

static void count_lines(struct csv_reader *r, const char *to)
{
    while (r->at < to) {
        if (at_line_end(r))
            skip_line_end(r);
        else
            r->at++;
    }
}

static bool quoted_cell(struct csv_reader *r, struct err *e)
{
    size_t opened = r->next_line;
    const char *from = ++r->at;

    for (;; from = r->at) {
        const char *quote = memchr(from, '"', (size_t)(r->end - from));

        if (!quote)
            return err_set(e, ERR_INVALID, "line %zu has a quote that is never closed", opened);
        count_lines(r, quote);
        str_add_len(&r->cells, from, (size_t)(quote - from));
        r->at = quote + 1;
        if (r->at == r->end || *r->at != '"')
            break;
        str_add_char(&r->cells, *r->at++);
    }
    if (r->at < r->end && *r->at != r->separator && !at_line_end(r))
        return err_set(e, ERR_INVALID, "line %zu has text after a closing quote", r->next_line);
    return true;
}

// A NUL would end the value early, and what came after it would be lost without a word.
static bool read_cell(struct csv_reader *r, struct err *e)
{
    size_t from = r->cells.len;
    bool quoted = r->at < r->end && *r->at == '"';

    if (!(quoted ? quoted_cell(r, e) : plain_cell(r, e)))
        return false;
    str_add_char(&r->cells, '\0');
    if (strlen(r->cells.data + from) + 1 != r->cells.len - from)
        return err_set(e, ERR_INVALID, "line %zu holds a NUL byte; is this a text file?",
                       r->next_line);
    r->n_values++;
    return true;
}

static void point_at_cells(struct csv_reader *r)
{
    const char *p = r->cells.data;

    if (r->n_values > r->cap) {
        r->cap = r->n_values * 2;
        r->values = mem_regrow(r->values, r->cap, sizeof(*r->values));
    }
    for (size_t i = 0; i < r->n_values; i++) {
        r->values[i] = p + (*p == '\'' && needs_guard(p));
        p += strlen(p) + 1;
    }
}

bool csv_next(struct csv_reader *r, struct err *e)
{
    while (at_line_end(r))
        skip_line_end(r);
    str_clear(&r->cells);
    r->n_values = 0;
    r->line = r->next_line;
    if (r->at == r->end) {
        e->kind = ERR_NONE;
        return false;
    }
    for (;;) {
        if (!read_cell(r, e))
            return false;
        if (r->at == r->end || *r->at != r->separator)
            break;
        r->at++;
    }
    if (r->at < r->end)
        skip_line_end(r);
    point_at_cells(r);
    return true;
}

void csv_close(struct csv_reader *r)
{
    str_free(&r->cells);
    free(r->values);
    *r = (struct csv_reader){0};
}
