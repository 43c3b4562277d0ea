// One page of a search on its way. For search.c, page.c and their like. UI thread, but for
// page_run(). Floor: desk.
#ifndef LODE_DESK_PAGE_H
#define LODE_DESK_PAGE_H

#include "desk/inside.h"
#include "flow/app.h"
#include "model/table_ready.h"

struct page_job {
    struct task task;
    struct seat *seat;
    uint64_t search;    // of which; 0: of one that is yet to be
    struct query query; // as people say it, or resolved; resolved when it comes back
    bool resolved;
    int number;
    enum net_priority priority;
    struct lookout lookout;
    // What came:
    struct page page;
    struct page_ready ready;
    struct row_note *notes;
    struct map known; // where the search tells little
    int depth;        // not 0: past what paging can reach
};

// A job for a page; query is copied.
struct page_job *page_new(struct desk *d, const struct task_kind *kind, struct seat *seat,
                          const struct query *query, bool resolved, struct cancel *parent);
// On a worker.
bool page_run(struct task *t);
void page_release(struct task *t);
// Puts it on the table, and how far the table goes.
void page_place(struct seat *s, struct results *r, struct page_job *job);
// Asks for a page of the search that is shown.
void page_ask(struct desk *d, struct seat *s, int number, enum net_priority priority);
// Under way, or failed; NULL: neither.
struct page_ask *page_asked(struct search *s, int number);
// search.c: false where another search was begun since.
bool search_is_back(struct desk *d, struct seat *s, const struct task *t);
// The rows that are there stay; why there are no others is said.
void search_failed(struct desk *d, struct seat *s, const struct err *e);
// The filters are others now: what was wrong with the former ones is told no more.
void search_forget_fault(struct desk *d, struct results *r);
// parts.c: a search that goes as n ones, to be given to search_is_back() by itself.
struct task *parts_new(struct desk *d, const struct query *q, long long n);
// A page came back, while all are fetched perhaps.
void fetch_on(struct desk *d, struct seat *s, const struct task *t);
// fetch.c: fetches what is missing up to that page (0: the last that there is), beside what is
// fetched already.
void fetch_first(struct desk *d, int last);
void page_extent(const struct seat *s, struct results *r);

#endif
