// What a program does before anything else. Main thread. Floor: base.
#ifndef LODE_BASE_PROCESS_H
#define LODE_BASE_PROCESS_H

// Keeps files and sockets off the three standard streams: one that was closed at the start stays
// unusable, but taken, so that no talk lands in a file. Writing to a closed pipe, or past the size
// that the system allows, comes back as an error instead of ending the program.
void process_begin(void);

#endif
