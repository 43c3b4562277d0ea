// The lode program: hardening and locale before anything else, then the command line. Floor: main.
#include <locale.h>
#include <sys/stat.h>

#include "base/secret.h"
#include "cli/cli.h"
#include "cli/signals.h"

int main(int argc, char **argv)
{
    secret_harden_process();
    (void)umask(077);
    // Only character widths follow the locale; numbers and dates stay plain.
    if (!setlocale(LC_CTYPE, ""))
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    signals_block();
    return cli_main(argc, argv);
}
