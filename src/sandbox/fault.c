// Which rule a call meets. Any thread. Floor: sandbox.
#include "sandbox/fault.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/rng.h"

struct faults {
    uint64_t seed;
    pthread_mutex_t lock;
    // under the lock
    struct fault_rule *rules;
    size_t n;
    struct rng rng;
    uint64_t sets;
};

struct faults *faults_open(uint64_t seed)
{
    struct faults *f = mem_zalloc(sizeof(*f));

    f->seed = seed;
    f->rng = rng_seed(seed);
    (void)pthread_mutex_init(&f->lock, NULL);
    return f;
}

void faults_close(struct faults *f)
{
    if (!f)
        return;
    (void)pthread_mutex_destroy(&f->lock);
    free(f->rules);
    free(f);
}

bool faults_set(struct faults *f, const char *text, struct err *e)
{
    struct fault_rule *rules;
    size_t n;

    if (!fault_parse(text, &rules, &n, e))
        return false;
    (void)pthread_mutex_lock(&f->lock);
    free(f->rules);
    f->rules = rules;
    f->n = n;
    f->rng = rng_seed(f->seed);
    f->sets++;
    (void)pthread_mutex_unlock(&f->lock);
    return true;
}

uint64_t faults_sets(struct faults *f)
{
    uint64_t sets;

    (void)pthread_mutex_lock(&f->lock);
    sets = f->sets;
    (void)pthread_mutex_unlock(&f->lock);
    return sets;
}

static bool concerns(const struct fault_rule *rule, const char *method, const char *path)
{
    if (rule->kind->act == FAULT_REFUSE || (*rule->method && !str_eq(rule->method, method)))
        return false;
    return rule->prefix ? str_starts(path, rule->path) : str_eq(path, rule->path);
}

// Counts one more call that comes to the rule; true where it meets the fault.
static bool fires(struct fault_rule *rule, struct rng *rng)
{
    int64_t n = (int64_t)++rule->seen - rule->after;
    bool hit = n > 0 && (!rule->first || n <= rule->first) &&
               (!rule->every || n % rule->every == 0) && (rule->p >= 1 || rng_unit(rng) < rule->p);

    rule->fired += hit;
    return hit;
}

bool faults_pick(struct faults *f, const char *method, const char *path, struct fault_rule *out)
{
    bool hit = false;

    if (str_starts(path, "/_sandbox"))
        return false;
    (void)pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < f->n && !hit; i++) {
        hit = concerns(&f->rules[i], method, path) && fires(&f->rules[i], &f->rng);
        if (hit) {
            *out = f->rules[i];
            out->set = f->sets;
        }
    }
    (void)pthread_mutex_unlock(&f->lock);
    return hit;
}

bool faults_refuse(struct faults *f)
{
    bool hit = false;

    (void)pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < f->n && !hit; i++)
        hit = f->rules[i].kind->act == FAULT_REFUSE && fires(&f->rules[i], &f->rng);
    (void)pthread_mutex_unlock(&f->lock);
    return hit;
}

void faults_reset(struct faults *f)
{
    (void)pthread_mutex_lock(&f->lock);
    for (size_t i = 0; i < f->n; i++)
        f->rules[i].seen = f->rules[i].fired = 0;
    f->rng = rng_seed(f->seed);
    (void)pthread_mutex_unlock(&f->lock);
}

static void add_rule(const struct fault_rule *rule, struct str *out)
{
    char *operation = str_format("%s%s%s%s", rule->method, *rule->method ? " " : "", rule->path,
                                 rule->prefix ? "*" : "");

    str_add(out, "{\"operation\":");
    json_quote(operation, out);
    str_addf(out, ",\"fault\":\"%s\",\"afterWork\":%s,\"seen\":%" PRIu64 ",\"fired\":%" PRIu64 "}",
             rule->kind->name, rule->after_work ? "true" : "false", rule->seen, rule->fired);
    free(operation);
}

void faults_json(struct faults *f, struct str *out)
{
    (void)pthread_mutex_lock(&f->lock);
    str_add_char(out, '[');
    for (size_t i = 0; i < f->n; i++) {
        str_add(out, i ? ",\n" : "");
        add_rule(&f->rules[i], out);
    }
    str_add_char(out, ']');
    (void)pthread_mutex_unlock(&f->lock);
}
