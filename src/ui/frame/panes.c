// Which panes there are, and where each stands in the layout. Immutable. UI thread.
// Floor: ui/frame.
#include "ui/frame/panes.h"

#include "base/str.h"
#include "ui/pane/panes.h"

// clang-format off
static const struct pane_row rows[] = {
    {&pane_filters, SIDE_LEFT, true},
    {&pane_results, SIDE_MAIN, true},
    {&pane_detail, SIDE_BESIDE, true},
    {&pane_quote, SIDE_WHOLE, true},
    {&pane_jobs, SIDE_WHOLE, true},
    {&pane_library, SIDE_WHOLE, true},
    {&pane_usage, SIDE_WHOLE, true},
    {&pane_ledger, SIDE_WHOLE, true},
    {&pane_log, SIDE_WHOLE, true},
    {&pane_welcome, SIDE_WHOLE, false},
    {&pane_doctor, SIDE_WHOLE, false},
    {&pane_columns, SIDE_POPUP, false},
    {&pane_export, SIDE_POPUP, false},
    {&pane_request, SIDE_POPUP, false},
    {&pane_profiles, SIDE_POPUP, false},
    {&pane_groups, SIDE_POPUP, false},
    {&pane_basket, SIDE_POPUP, false},
    {&pane_searches, SIDE_POPUP, false},
    {&pane_recent, SIDE_POPUP, false},
    {&pane_changes, SIDE_POPUP, false},
    {&pane_waterfall, SIDE_POPUP, false},
    {&pane_parts, SIDE_POPUP, false},
    {.ops = NULL},
};
// clang-format on

const struct pane_row *panes_all(void)
{
    return rows;
}
