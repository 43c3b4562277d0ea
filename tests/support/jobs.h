// How a job stands, and where its records are by what the sandbox charged. Main thread. Tests.
#ifndef TESTS_SUPPORT_JOBS_H
#define TESTS_SUPPORT_JOBS_H

#include <stdbool.h>
#include <stddef.h>

#include "support/run.h"
#include "support/server.h"

struct job_end {
    char state[16]; // "doubts": nothing but what its own calls left in doubt is left of it
    char reason[256];
};

// false: there is no such job.
bool job_end(const struct home *h, const struct server *s, const char *job, struct job_end *out);

// Each record in one place.
struct job_places {
    size_t owned;    // charged, and in the library
    size_t doubtful; // listed
    size_t unsent;
    size_t never; // opted out: not sent, or not charged and nothing kept
};

// file, in the home: what the job is of in its order, one a line: CSV that begins with the ids, or
// what a job by lines was bought into as JSONL. Fails the test where the server says otherwise.
struct job_places job_places(const struct home *h, const struct server *s, const char *job,
                             const char *file);

#endif
