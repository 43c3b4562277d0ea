// One request in full: what went, what came; to read, to search, to copy as curl. UI thread.
// Floor: ui/pane.
#include "ui/pane/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/pane/actions.h"
#include "ui/pane/panes.h"
#include "ui/pane/reader.h"

enum { POPUP_H = 100, POPUP_W = 110 };

struct request_popup {
    struct reader reader;
    uint64_t number;
};

static bool not_kept(struct err *e)
{
    return err_set(e, ERR_NOT_FOUND,
                   "that request is not kept any more, or its body was too large");
}

bool request_copy_curl(struct desk *d, struct host *h, uint64_t number, struct err *e)
{
    struct str curl = {0};
    bool ok = trace_curl(d->trace, number, &curl);

    if (ok)
        copy_told(d, h, str_text(&curl), "the request as curl, the token of which is to be $TOKEN");
    str_free(&curl);
    return ok || not_kept(e);
}

bool request_copy_body(struct desk *d, struct host *h, uint64_t number, struct err *e)
{
    struct str body = {0};
    bool ok = trace_answer(d->trace, number, &body);

    if (ok)
        copy_told(d, h, str_text(&body), "the answer");
    str_free(&body);
    return ok || not_kept(e);
}

static uint64_t number_of(const struct pane *p)
{
    return ((const struct request_popup *)p)->number;
}

static bool copy_request(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return request_copy_curl(p->desk, p->host, number_of(p), e);
}

static bool copy_body(struct pane *p, const struct line *line, struct err *e)
{
    (void)line;
    return request_copy_body(p->desk, p->host, number_of(p), e);
}

static void close(struct pane *p)
{
    reader_free((struct reader *)p);
    free(p);
}

// Leaves out whole paragraphs that begin a body: what stands behind an empty line and is no
// answer's head.
static void hide_bodies(struct str *text)
{
    char *whole = str_take(text), *rest = whole;
    bool shown = true, empty = false;

    for (char *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        bool head = empty && (str_starts(line, "HTTP ") || str_starts(line, "No answer: "));

        if (empty && !head && shown)
            str_add(text, "(hidden while people's values are masked)\n\n");
        shown = head || (shown && !empty);
        empty = !*line;
        if (shown)
            str_addf(text, "%s\n", line);
    }
    free(whole);
}

struct pane *request_open(struct desk *desk, struct host *host, uint64_t number)
{
    struct request_popup *r = mem_zalloc(sizeof(*r));
    struct str text = {0};
    char title[READER_TITLE_MAX] = "";

    r->number = number;
    if (!number || !trace_text(desk->trace, number, &text))
        str_add(&text, number
                           ? "It is not kept any more."
                           : "No request was sent yet: whatever is asked of the API stands here.");
    else
        (void)snprintf(title, sizeof(title), "number %llu", (unsigned long long)number);
    if (desk->privacy)
        hide_bodies(&text);
    reader_init(&r->reader, &pane_request, desk, host, title, str_text(&text), false);
    str_free(&text);
    return &r->reader.pane;
}

static struct pane *open_newest(struct desk *desk, struct host *host)
{
    struct trace_line newest;

    return request_open(desk, host, trace_line(desk->trace, 0, &newest) ? newest.number : 0);
}

static const struct pane_action actions[] = {
    READER_ACTIONS, {"copy-request", copy_request}, {"copy-body", copy_body}, {NULL, NULL}};

const struct pane_ops pane_request = {
    .name = "request",
    .title = "Request",
    .about = "A request as it went and its answer as it came, without secrets. It can be copied as "
             "a curl command.",
    .popup_h = POPUP_H,
    .popup_w = POPUP_W,
    .open = open_newest,
    .close = close,
    .draw = reader_draw,
    .actions = actions,
    .event = reader_event,
    .status = reader_status,
};
