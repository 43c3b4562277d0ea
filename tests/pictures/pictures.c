// Takes pictures of the explorer: lode-pictures FOLDER SCRIPT... runs the scripts (tests/screen's)
// and writes what they `shot` and `film` as FOLDER/NAME.svg. A NAME that ends with -light is taken
// on light paper. Main thread. Tests.
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "support/script.h"
#include "support/svg.h"
#include "support/test.h"

struct studio {
    const char *folder;
    VEC(struct svg_frame) film;
};

static void write_picture(const struct studio *st, const struct svg_frame *frames, size_t n,
                          const char *name, const char *title)
{
    const struct svg_colours *colours = str_ends(name, "-light") ? &svg_light : &svg_dark;
    char *path = str_format("%s/%s.svg", st->folder, name);
    struct str svg = {0};
    FILE *f = fopen(path, "w");

    svg_write(frames, n, *title ? title : "lode", colours, &svg);
    if (!f || fwrite(svg.data, 1, svg.len, f) != svg.len || fclose(f) != 0)
        fail_msg("%s could not be written", path);
    (void)printf("%s: %zu frames, %zu bytes\n", path, n, svg.len);
    str_free(&svg);
    free(path);
}

static void take_shot(void *self, const struct screen *s, const char *name, const char *title)
{
    struct svg_frame frame = svg_look(s, 1);

    write_picture(self, &frame, 1, name, title);
    svg_frame_free(&frame);
}

static void take_frame(void *self, const struct screen *s, double seconds)
{
    struct studio *st = self;

    vec_push(&st->film, svg_look(s, seconds));
}

static void end_film(void *self, const char *name, const char *title)
{
    struct studio *st = self;

    if (!st->film.len)
        fail_msg("the film %s has no frame", name);
    write_picture(st, st->film.items, st->film.len, name, title);
    for (size_t i = 0; i < st->film.len; i++)
        svg_frame_free(&st->film.items[i]);
    vec_free(&st->film);
}

static const struct script_camera camera = {take_shot, take_frame, end_film};

int main(int argc, char **argv)
{
    struct studio st = {.folder = argv[1]};

    if (argc < 3) {
        (void)fprintf(stderr, "usage: lode-pictures FOLDER SCRIPT...\n");
        return 2;
    }
    (void)setlocale(LC_ALL, "C.UTF-8");
    for (int i = 2; i < argc; i++)
        script_run(&(struct script_order){.path = argv[i], .camera = &camera, .self = &st});
    return 0;
}
