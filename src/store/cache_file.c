// The lookup cache's file: nothing in it is dear. Floor: store.
#include <stdlib.h>

#include "store/disk.h"
#include "store/files.h"
#include "store/schema.h"

static const char cache_name[] = "cache.db";

static bool open_memory(struct store *s, struct err *e)
{
    db_close(&s->cache);
    return db_open(&s->cache, cache_name, schema_cache.what, DB_MEMORY, e) &&
           schema_raise(&s->cache, &schema_cache, e);
}

// false: there is no using this file. Then s->cache.damaged says why.
static bool open_file(struct store *s, struct err *e)
{
    bool writable = disk_make(s, cache_name, e) && disk_writable(s, cache_name);
    char *path = disk_path(s, cache_name);
    enum schema_age age;
    bool ok = db_open(&s->cache, path, schema_cache.what, writable ? DB_WRITE : DB_READ, e) &&
              schema_look(&s->cache, &schema_cache, &age, e);

    free(path);
    if (!ok || age > SCHEMA_CURRENT)
        return false;
    return (!writable || schema_raise(&s->cache, &schema_cache, e)) &&
           schema_probe(&s->cache, &schema_cache, e);
}

bool cache_file_renew(struct store *s, struct err *e)
{
    char *aside;

    db_close(&s->cache);
    aside = disk_set_aside(s, cache_name, e);
    free(aside);
    return (aside && open_file(s, e)) || open_memory(s, e);
}

bool cache_file_open(struct store *s, struct str *note, struct err *e)
{
    enum disk_state state;

    if (!disk_look(s, cache_name, &state, e))
        return open_memory(s, e);
    if (open_file(s, e))
        return true;
    if (!s->cache.damaged)
        return open_memory(s, e);
    if (!cache_file_renew(s, e))
        return false;
    str_addf(note, "%sThe lookup cache in %s was damaged and was made anew.", note->len ? " " : "",
             s->folder);
    return true;
}
