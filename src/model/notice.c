// Whom a notice is due to. Floor: model.
#include "model/notice.h"

#include "base/clock.h"
#include "base/str.h"
#include "model/date.h"

// FACTS "Value quirks": a date, or this sentence.
static bool is_settled(const char *told)
{
    char date[DATE_MAX];

    return str_eq_case(told, "Notice not required") || date_normal(told, date);
}

int64_t notice_by(const struct column *const *columns, const char *const *cells, size_t n,
                  int64_t bought_ms, int64_t fetched_ms)
{
    int64_t began = bought_ms > 0 && bought_ms < fetched_ms ? bought_ms : fetched_ms;
    bool eu = false;

    for (size_t i = 0; i < n; i++) {
        eu = eu || (columns[i]->marks & COLUMN_EU && str_eq_case(cells[i], "true"));
        if (columns[i]->marks & COLUMN_NOTICE && is_settled(cells[i]))
            return 0;
    }
    return eu && began > 0 ? clock_months(began, 1) : 0;
}

bool notice_of(const struct entity *entity)
{
    for (size_t i = 0; i < entity->enrich.n_columns; i++) {
        if (entity->enrich.columns[i].marks & COLUMN_NOTICE)
            return true;
    }
    return false;
}
