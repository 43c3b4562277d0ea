// Conditions on the rows of a table in columns: each is a small test on one column, run a block of
// rows at a time. One thread a list. Floor: sandbox/search.
#ifndef LODE_SANDBOX_SEARCH_FILTER_H
#define LODE_SANDBOX_SEARCH_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

// Where the cells of a row stand: count of them are looked at, stride is from row to row.
struct filter_column {
    const void *cells;
    uint8_t width; // bytes of a cell: 1, 2, 4 or 8
    uint8_t count, stride;
};

enum filter_place { PLACE_HOME_OR_HQ, PLACE_HOME_AND_HQ, PLACE_HOME, PLACE_HQ, PLACE_HOME_THEN_HQ };

struct filter {
    // ORs 1 into hit[i] where row from + i has it.
    void (*mark)(const struct filter *f, size_t from, size_t n, uint8_t *hit);
    struct filter_column column;
    const uint8_t *table; // 1 where a cell of that value has it
    const uint64_t *mask;
    uint32_t low, high;
    // of filter_at_place() only
    const uint32_t *company;
    const uint8_t *at_hq;
    enum filter_place place;
};

// Conditions that are ORed, and negated where a row must not have them.
enum { FILTER_EITHER_MAX = 2 };
struct filter_group {
    struct filter either[FILTER_EITHER_MAX];
    uint8_t n;
    bool negated;
    const void *owner; // the input it comes from
};

// Groups, all of which must hold. A zeroed struct is an empty list, which all rows pass.
struct filter_list {
    VEC(struct filter_group) groups;
    VEC(void *) owned;
};

// A cell's value is looked up in table: 256 or 65,536 entries for 1 or 2 bytes; of 4 bytes, values
// from n_entries on miss.
struct filter filter_in_table(struct filter_column column, const uint8_t *table,
                              uint32_t n_entries);
// A cell of 4 bytes lies within low..high.
struct filter filter_in_range(struct filter_column column, uint32_t low, uint32_t high);
// Any bit of mask is set in the row's count words of 8 bytes.
struct filter filter_any_bit(struct filter_column column, const uint64_t *mask);
// By the row's own number.
struct filter filter_in_rows(const uint8_t *rows);
// By home (table of the cell of 2 bytes; UINT16_MAX: unknown) and headquarters (at_hq[company]).
struct filter filter_at_place(struct filter_column home, const uint8_t *at_home,
                              const uint32_t *company, const uint8_t *at_hq,
                              enum filter_place place);

// Whether a place fits: home_known and home, and the headquarters.
bool filter_place_fits(enum filter_place place, bool home_known, bool home, bool hq);

// n zeroed entries that live as long as the list.
uint8_t *filter_table(struct filter_list *l, size_t n);
void filter_own(struct filter_list *l, void *allocated);
void filter_add(struct filter_list *l, const void *owner, struct filter f, bool negated);
// Widens the group added last by one more condition.
void filter_or(struct filter_list *l, struct filter f);
void filter_list_free(struct filter_list *l);

// Leaves pass[i] at 1 where it was and the row holds every group. n rows.
void filter_run(const struct filter_list *l, size_t n, uint8_t *pass);
// Does the row hold the groups of one owner (of all, where owner is NULL)?
bool filter_holds(const struct filter_list *l, const void *owner, size_t row);

#endif
