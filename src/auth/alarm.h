// Waiting by a clock that counts suspend, until rung or until a time has passed. One thread waits,
// any may ring. For this folder only. Floor: auth.
#ifndef LODE_AUTH_ALARM_H
#define LODE_AUTH_ALARM_H

#include <stdint.h>

struct alarm;

struct alarm *alarm_new(void);
void alarm_free(struct alarm *a);
// Ends the wait under way, or the next one.
void alarm_ring(struct alarm *a);
// Waits ms milliseconds (-1: without end) or until rung. It may end early.
void alarm_wait(struct alarm *a, int64_t ms);

#endif
