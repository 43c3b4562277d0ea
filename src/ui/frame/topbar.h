// The top bar: whose account, the meters, the token's life, the rate and the spend lock. Shortened
// and thinned out to the width there is. UI thread. Floor: ui/frame.
#ifndef LODE_UI_FRAME_TOPBAR_H
#define LODE_UI_FRAME_TOPBAR_H

#include <stdint.h>

#include "desk/desk.h"
#include "ui/term/canvas.h"

enum topbar_piece {
    PIECE_PROFILE,
    PIECE_HOST,
    PIECE_CREDITS,
    PIECE_RECORDS,
    PIECE_REQUESTS,
    PIECE_TOKEN,
    PIECE_RATE,
    PIECE_LOCK,
    PIECES
};

enum { PIECE_MAX = 96 };

struct piece {
    char full[PIECE_MAX], brief[PIECE_MAX]; // "" is not shown
    enum role role;
    int spare; // columns more that it may need in a moment: what is behind it must not jump
    int x, w;  // where it was drawn last; w 0: not at all
};

struct topbar {
    struct piece pieces[PIECES];
    char again[16]; // the key that tries for the right to spend where another Lode has it; "": none
    int64_t next_ms; // UTC, when it reads differently though nothing happened; 0: never
};

// In the first row of the area.
void topbar_draw(struct topbar *t, const struct desk *d, struct area a);
// The command for a click on column x, or NULL.
const char *topbar_command(const struct topbar *t, int x);

#endif
