// The program without a screen: arguments to a subcommand's exit status. Main thread. Floor: cli.
#ifndef LODE_CLI_CLI_H
#define LODE_CLI_CLI_H

int cli_main(int argc, char **argv);

#endif
