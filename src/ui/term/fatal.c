// The terminal is given back also where the program dies of a fault. The handlers call only what
// is safe there. UI thread; the handlers on any. Floor: ui/term.
#include "ui/term/fatal.h"

#include <signal.h>
#include <stdbool.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { STACK_SIZE = 64 * 1024 };

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGTRAP};

// A handler has no other way to what it needs. Written only while `on` is false.
static struct {
    atomic_bool on;
    struct termios modes;
    char bytes[FATAL_BYTES_MAX];
    size_t len;
    struct stray stray;
    struct sigaction before[ARRAY_LEN(fatal_signals)];
    char stack[STACK_SIZE]; // of the UI thread's handlers: its own may have overflowed
} armed;

static void put_back(int number)
{
    for (size_t i = 0; i < ARRAY_LEN(fatal_signals); i++) {
        if (fatal_signals[i] == number)
            (void)sigaction(number, &armed.before[i], NULL);
    }
}

// What did the signal before gets it next: by the fault itself where it happens again, or as sent
// here, once this handler is left.
static void on_fault(int number)
{
    if (atomic_exchange(&armed.on, false)) {
        if (write(STDOUT_FILENO, armed.bytes, armed.len) >= 0)
            (void)tcsetattr(STDIN_FILENO, TCSANOW, &armed.modes);
        stray_say(&armed.stray);
    }
    put_back(number);
    (void)raise(number);
}

static void use_own_stack(void)
{
    const stack_t own = {.ss_sp = armed.stack, .ss_size = sizeof(armed.stack)};
    stack_t now;

    if (sigaltstack(NULL, &now) == 0 && now.ss_flags & SS_DISABLE)
        (void)sigaltstack(&own, NULL);
}

void fatal_arm(const struct termios *modes, const char *bytes, size_t len,
               const struct stray *stray)
{
    struct sigaction act = {.sa_handler = on_fault, .sa_flags = SA_ONSTACK};

    fatal_disarm();
    armed.modes = *modes;
    armed.len = len < sizeof(armed.bytes) ? len : sizeof(armed.bytes);
    memcpy(armed.bytes, bytes, armed.len);
    armed.stray = *stray;
    use_own_stack();
    for (size_t i = 0; i < ARRAY_LEN(fatal_signals); i++)
        (void)sigaction(fatal_signals[i], &act, &armed.before[i]);
    atomic_store(&armed.on, true);
}

void fatal_disarm(void)
{
    if (!atomic_exchange(&armed.on, false))
        return;
    for (size_t i = 0; i < ARRAY_LEN(fatal_signals); i++)
        (void)sigaction(fatal_signals[i], &armed.before[i], NULL);
}
