// The output fields of /enrich/contact that say what a person does and did. Any thread. Assumed
// where FACTS is silent: a position starts on a date YYYY-MM-DD; the job at hand leads the
// employment history, without a toDate; skills are a list of names. Floor: sandbox/world.
#include "base/mem.h"
#include "sandbox/world/world.h"
#include "sandbox/world/lore.h"
#include "sandbox/world/write.h"

enum { STAY_DAYS = 4 * 365, DAY_MINUTES = 24 * 60 };
enum { PICK_AREA = 10, PICK_PAST = 20 }; // purposes of write_pick()

// The words of outputs differ from those of inputs: FACTS 4.
static const char *const levels_out[LEVELS] = {"C-Level", "VP-Level",    "Director",
                                               "Manager", "Non-Manager", "Board Member"};

static const struct world_title *title_of(const struct record *r)
{
    return &r->w->titles[r->w->contacts.title[r->contact]];
}

static void put_title(const struct record *r, struct str *out)
{
    write_text(r, title_of(r)->text, out);
}

static void add_levels(const struct world_title *title, bool board, struct str *out)
{
    str_add_char(out, '[');
    json_quote(levels_out[title->level], out);
    if (board && title->level != LEVEL_BOARD) {
        write_next(out);
        json_quote(levels_out[LEVEL_BOARD], out);
    }
    str_add_char(out, ']');
}

void write_levels(const struct record *r, struct str *out)
{
    add_levels(title_of(r), r->w->contacts.flags[r->contact] & CONTACT_BOARD, out);
}

static void put_functions(const struct record *r, struct str *out)
{
    const struct world_title *title = title_of(r);
    const struct world *w = r->w;

    str_add_char(out, '[');
    for (int i = 0; i < WORLD_FUNCTIONS && title->functions[i] != WORLD_NONE16; i++) {
        uint8_t department = world_function_department(w, title->functions[i]);

        write_next(out);
        str_add(out, "{\"name\":");
        json_quote(w->lore->function_list->values[title->functions[i]].name, out);
        str_add(out, ",\"department\":");
        json_quote(w->lore->department_list->values[department].name, out);
        str_add_char(out, '}');
    }
    str_add_char(out, ']');
}

static void put_education(const struct record *r, struct str *out)
{
    const struct world_contacts *c = &r->w->contacts;

    str_add_char(out, '[');
    if (c->school[r->contact] != WORLD_NONE16) {
        str_add(out, "{\"school\":");
        json_quote(r->w->schools.words[c->school[r->contact]].text, out);
        str_add(out, ",\"educationDegree\":{\"degree\":");
        json_quote(r->w->degrees.words[c->degree[r->contact]].text, out);
        str_add(out, ",\"areaOfStudy\":");
        json_quote(r->w->areas.words[write_pick(r, PICK_AREA, r->w->areas.n)].text, out);
        str_add(out, "}}");
    }
    str_add_char(out, ']');
}

static void put_start(const struct record *r, struct str *out)
{
    write_day(out, world_day(r->w, r->w->contacts.position_start[r->contact]));
}

static void put_years(const struct record *r, struct str *out)
{
    const struct lookup_list *list = world_list(r->w, "years-of-experience");

    json_quote(list->values[r->w->contacts.years_band[r->contact]].name, out);
}

static void put_skills(const struct record *r, struct str *out)
{
    const struct lookup_list *list = world_list(r->w, "tech-skills");
    const uint16_t *skills = r->w->contacts.skills[r->contact];

    str_add_char(out, '[');
    for (int i = 0; i < WORLD_SKILLS && skills[i] != WORLD_NONE16; i++) {
        write_next(out);
        json_quote(list->values[skills[i]].name, out);
    }
    str_add_char(out, ']');
}

static void put_engagements(const struct record *r, struct str *out)
{
    const struct world_contacts *c = &r->w->contacts;

    write_engagements(r->w, c->engagement[r->contact], c->engagement_day[r->contact], out);
}

static void put_score(const struct record *r, struct str *out)
{
    write_number(out, r->w->contacts.score[r->contact]);
}

static void put_location(const struct record *r, struct str *out)
{
    write_number(out, world_company_id(r->w, r->w->contacts.location[r->contact]));
}

// One employer of the history; days before now, to 0 for the job at hand.
struct job {
    const struct world_title *title;
    uint32_t company;
    uint32_t from, to;
};

static void add_job(const struct record *r, const struct job *job, struct str *out)
{
    const struct record employer = {r->w, r->contact, job->company};

    write_next(out);
    str_add(out, "{\"jobTitle\":");
    json_quote(job->title->text, out);
    write_key(out, "managementLevel");
    add_levels(job->title, false, out);
    write_key(out, "fromDate");
    write_day(out, world_when(r->w, job->from * DAY_MINUTES));
    if (job->to) {
        write_key(out, "toDate");
        write_day(out, world_when(r->w, job->to * DAY_MINUTES));
    }
    str_add(out, ",\"company\":{\"companyId\":");
    write_number(out, world_company_id(r->w, job->company));
    write_member(&employer, "companyName", write_company_name, out);
    write_member(&employer, "companyPhone", write_company_phone, out);
    write_member(&employer, "companyWebsite", write_company_website, out);
    str_add(out, "}}");
}

static void put_history(const struct record *r, struct str *out)
{
    const struct world_contacts *c = &r->w->contacts;
    struct job job = {title_of(r), r->company, c->position_start[r->contact], 0};

    str_add_char(out, '[');
    add_job(r, &job, out);
    for (uint32_t i = 0; i < WORLD_PASTS && c->past[r->contact][i] != WORLD_NONE; i++) {
        job = (struct job){&r->w->titles[write_pick(r, PICK_PAST + i, r->w->n_titles)],
                           c->past[r->contact][i], 0, job.from + 1};
        job.from = job.to + 30 + write_pick(r, PICK_PAST - 1 - i, STAY_DAYS);
        add_job(r, &job, out);
    }
    str_add_char(out, ']');
}

// clang-format off
static const struct field fields[] = {
    {"jobTitle", NULL, "jobTitle", PART_PERSON, put_title},
    {"jobFunction", NULL, "jobFunction", PART_PERSON, put_functions},
    {"managementLevel", NULL, "managementLevel", PART_PERSON, write_levels},
    {"contactAccuracyScore", NULL, "contactAccuracyScore", PART_PERSON, put_score},
    {"education", NULL, "education", PART_PERSON, put_education},
    {"employmentHistory", NULL, "employmentHistory", PART_PERSON, put_history},
    {"locationCompanyId", NULL, "locationCompanyId", PART_PERSON, put_location},
    {"positionStartDate", NULL, "positionStartDate", PART_PERSON, put_start},
    {"yearsOfExperience", NULL, "yearsOfExperience", PART_PERSON, put_years},
    {"techSkills", NULL, "techSkills", PART_PERSON, put_skills},
    {"engagements", NULL, "engagements", PART_PERSON, put_engagements},
};
// clang-format on

const struct field_group world_career_fields = {fields, ARRAY_LEN(fields)};
