// The clipboard: the terminal's by its escape sequence, the desktop's by a program. UI thread.
// Floor: ui/term.
#include "ui/term/clipboard.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/program.h"

enum { SCREEN_PART = 500, GIVE_MAX = 16 << 20 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Up to three bytes as four digits of base64.
static void add_group(const unsigned char *p, size_t n, struct str *out)
{
    uint32_t bits = (uint32_t)p[0] << 16;

    bits |= n > 1 ? (uint32_t)p[1] << 8 : 0;
    bits |= n > 2 ? p[2] : 0;
    for (size_t i = 0; i < 4; i++)
        str_add_char(out, i <= n ? digits[bits >> (18 - 6 * i) & 63] : '=');
}

static void add_order(const char *text, size_t len, struct str *out)
{
    str_add(out, "\033]52;c;");
    for (size_t i = 0; i < len; i += 3)
        add_group((const unsigned char *)text + i, len - i, out);
    str_add(out, "\007");
}

enum clipboard_via clipboard_via(void)
{
    const char *tmux = getenv("TMUX"), *screen = getenv("STY");

    if (tmux && *tmux)
        return CLIPBOARD_TMUX;
    return screen && *screen ? CLIPBOARD_SCREEN : CLIPBOARD_DIRECT;
}

// tmux takes it whole, each escape doubled.
static void wrap_for_tmux(const struct str *order, struct str *out)
{
    str_addf(out, "%s\033Ptmux;", str_text(order));
    for (size_t i = 0; i < order->len; i++) {
        if (order->data[i] == '\033')
            str_add_char(out, '\033');
        str_add_char(out, order->data[i]);
    }
    str_add(out, "\033\\");
}

// screen hands on strings of a limited length.
static void wrap_for_screen(const struct str *order, struct str *out)
{
    for (size_t i = 0; i < order->len; i += SCREEN_PART) {
        size_t left = order->len - i;

        str_add(out, "\033P");
        str_add_len(out, order->data + i, left < SCREEN_PART ? left : SCREEN_PART);
        str_add(out, "\033\\");
    }
}

void clipboard_order(enum clipboard_via via, const char *text, size_t len, struct str *out)
{
    struct str order = {0};

    add_order(text, len, &order);
    if (via == CLIPBOARD_TMUX)
        wrap_for_tmux(&order, out);
    else if (via == CLIPBOARD_SCREEN)
        wrap_for_screen(&order, out);
    else
        str_add_len(out, order.data, order.len);
    str_free(&order);
}

static const struct {
    const char *display, *name, *args[3];
} programs[] = {{"WAYLAND_DISPLAY", "wl-copy", {NULL}},
                {"DISPLAY", "xclip", {"-selection", "clipboard", NULL}}};

// Its input is a file in memory, so that nobody waits for anybody.
static int as_file(const char *text, size_t len)
{
    int fd = memfd_create("lode-clipboard", MFD_CLOEXEC);

    if (fd >= 0 && file_write_all(fd, text, len) && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

static bool give_to(size_t i, const char *program, const char *text, size_t len)
{
    char *args[4] = {mem_strdup(programs[i].name), NULL, NULL, NULL};
    int fd = as_file(text, len);
    bool ok;

    for (size_t k = 0; programs[i].args[k]; k++)
        args[k + 1] = mem_strdup(programs[i].args[k]);
    ok = fd >= 0 && program_run_apart(program, args, fd);
    if (fd >= 0)
        (void)close(fd);
    for (size_t k = 0; k < ARRAY_LEN(args); k++)
        free(args[k]);
    return ok;
}

bool clipboard_give(const char *text, size_t len)
{
    for (size_t i = 0; len <= GIVE_MAX && i < ARRAY_LEN(programs); i++) {
        const char *display = getenv(programs[i].display);
        char *program = display && *display ? program_find(programs[i].name) : NULL;
        bool ok = program && give_to(i, program, text, len);

        free(program);
        if (ok)
            return true;
    }
    return false;
}
