// A cap on credits that holds however many calls are under way. Any thread. Floor: flow.
#include "flow/budget.h"

void budget_init(struct budget *b, long long cap)
{
    *b = (struct budget){.cap = cap};
    (void)pthread_mutex_init(&b->lock, NULL);
}

void budget_destroy(struct budget *b)
{
    (void)pthread_mutex_destroy(&b->lock);
}

bool budget_reserve(struct budget *b, long long credits)
{
    bool fits;

    (void)pthread_mutex_lock(&b->lock);
    fits = credits <= b->cap - b->charged - b->reserved - b->in_doubt;
    if (fits)
        b->reserved += credits;
    (void)pthread_mutex_unlock(&b->lock);
    return fits;
}

void budget_settle(struct budget *b, long long reserved, long long charged)
{
    (void)pthread_mutex_lock(&b->lock);
    b->reserved -= reserved;
    b->charged += charged;
    (void)pthread_mutex_unlock(&b->lock);
}

void budget_doubt(struct budget *b, long long reserved)
{
    (void)pthread_mutex_lock(&b->lock);
    b->reserved -= reserved;
    b->in_doubt += reserved;
    (void)pthread_mutex_unlock(&b->lock);
}

long long budget_hope(struct budget *b)
{
    long long hope;

    (void)pthread_mutex_lock(&b->lock);
    hope = b->cap - b->charged - b->in_doubt;
    (void)pthread_mutex_unlock(&b->lock);
    return hope;
}
