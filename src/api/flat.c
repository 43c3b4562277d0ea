// An object of any shape as paths and texts. Any thread. Floor: api.
#include "api/flat.h"

#include "api/wire.h"

struct walk {
    void (*each)(void *self, const char *path, const char *text);
    void *self;
    struct str path, text;
};

static void step(struct walk *w, json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        size_t len = w->path.len;

        str_addf(&w->path, "%s%s", len ? "." : "", key);
        if (json_is_object(value)) {
            step(w, value);
        } else {
            str_clear(&w->text);
            wire_text(value, &w->text);
            w->each(w->self, str_text(&w->path), str_text(&w->text));
        }
        str_cut(&w->path, len);
    }
}

bool flat_object(const char *bytes, size_t len,
                 void (*each)(void *self, const char *path, const char *text), void *self,
                 struct err *e)
{
    struct walk w = {.each = each, .self = self};
    json_t *object = wire_parse(bytes, len, e);
    bool ok = json_is_object(object);

    if (ok)
        step(&w, object);
    json_decref(object);
    str_free(&w.path);
    str_free(&w.text);
    return ok || err_set(e, ERR_INVALID, "it is no JSON object");
}
