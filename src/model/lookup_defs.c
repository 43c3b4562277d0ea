// The 32 lookup lists (FACTS 4) and the plain names they answer to. Any thread. Floor: model.
#include "model/lookup.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"

const struct lookup_def *lookup_all(void)
{
    static const struct lookup_def defs[] = {
        {"boardMember", "Board membership", NULL},
        {"buyinggroups", "Buying groups", NULL},
        {"companyranking", "Company rankings", NULL},
        {"companytype", "Company types", NULL},
        {"continent", "Continents", NULL},
        {"country", "Countries", NULL},
        {"department", "Departments", NULL},
        {"employee-category-band", "Employee category bands", NULL},
        {"employeecount", "Employee ranges", NULL},
        // Documented with tech/product's three parameters, which looks like an error of copying.
        {"hashtag", "Hashtags", NULL},
        {"hierarchy-code", "Hierarchy codes", NULL},
        {"industry", "Industries", NULL},
        {"intent/topics", "Intent topics", NULL},
        {"jobfunction", "Job functions", NULL},
        {"jobtitlehierarchy", "Job title hierarchy", NULL},
        {"managementLevel", "Management levels", NULL},
        {"metroarea", "Metro areas", NULL},
        {"naicscode", "NAICS codes", NULL},
        {"news/categories", "News categories", NULL},
        {"revenue-category-band", "Revenue category bands", NULL},
        {"revenuerange", "Revenue ranges", NULL},
        {"scoopdepartment", "Scoop departments", NULL},
        {"scooptopic", "Scoop topics", NULL},
        {"scooptype", "Scoop types", NULL},
        {"siccode", "SIC codes", NULL},
        {"state", "States", NULL},
        {"subunittypes", "Sub-unit types", NULL},
        {"tech-skills", "Technology skills", NULL},
        {"tech/category", "Technology categories", NULL},
        {"tech/product", "Technology products", "vendor|parentCategory|category"},
        {"tech/vendor", "Technology vendors", NULL},
        {"years-of-experience", "Years of experience", NULL},
        {NULL, NULL, NULL},
    };

    return defs;
}

// Letters and digits only, small, and the singular of its last word. The caller frees it.
static char *plain(const char *name)
{
    struct str out = {0};

    for (; *name; name++) {
        if (isalnum((unsigned char)*name))
            str_add_char(&out, str_lower(*name));
    }
    if (str_ends(str_text(&out), "ies")) {
        str_cut(&out, out.len - 3);
        str_add_char(&out, 'y');
    } else if (str_ends(str_text(&out), "s")) {
        str_cut(&out, out.len - 1);
    }
    return str_take(&out);
}

static bool same_plain(const char *word, const char *name)
{
    char *other = plain(name);
    bool same = str_eq(word, other);

    free(other);
    return same;
}

const struct lookup_def *lookup_find(const char *name)
{
    static const char root[] = "/lookup/";
    const struct lookup_def *found = NULL;
    char *word;
    size_t n = 0;

    if (str_starts(name, root))
        name += strlen(root);
    word = plain(name);

    for (const struct lookup_def *d = lookup_all(); *word && d->path; d++) {
        if (same_plain(word, d->path) || same_plain(word, d->label)) {
            free(word);
            return d;
        }
    }
    for (const struct lookup_def *d = lookup_all(); *word && d->path; d++) {
        if (lookup_match_text(d->path, d->label, name)) {
            found = d;
            n++;
        }
    }
    free(word);
    return n == 1 ? found : NULL;
}

const char *lookup_nearest(const char *name)
{
    struct near near = near_start(name);

    for (const struct lookup_def *d = lookup_all(); d->path; d++) {
        near_try(&near, d->path);
        near_try(&near, d->label);
    }
    return near.best;
}
