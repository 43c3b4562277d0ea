// The table of subcommands. Floor: cli.
#include "cli/command.h"

#include <stdint.h>

#include "base/str.h"

#define FORMAT_OPTIONS                                                                             \
    {"format", 'f', OPT_VALUE, "FORMAT", "table, csv, tsv, json, jsonl or sqlite"},                \
        {"output", 'o', OPT_VALUE, "FILE", "write to FILE (its ending may name the format)"},      \
        {"force", 0, OPT_FLAG, NULL, "let --output replace a file"},                               \
    {                                                                                              \
        "raw-formulas", 0, OPT_FLAG, NULL, "leave cells that look like formulas as they are"       \
    }
#define WHERE_OPTION                                                                               \
    {                                                                                              \
        "where", 'w', OPT_LIST, "FIELD=VALUE", "a filter; also != >= <=; see lode help search"     \
    }
#define ASKED_OPTIONS                                                                              \
    WHERE_OPTION,                                                                                  \
        {"where-from", 0, OPT_LIST, "FIELD=FILE[:COLUMN]",                                         \
         "values from a file: one a line, or a column"},                                           \
        {"max-requests", 0, OPT_VALUE, "N", "the most requests that searching may make"},          \
    {                                                                                              \
        "query", 0, OPT_VALUE, "FILE", "a search as text; - is standard input"                     \
    }
#define QUERY_OPTIONS                                                                              \
    ASKED_OPTIONS,                                                                                 \
        {"each", 0, OPT_FLAG, NULL,                                                                \
         "ask apart for those of which it is unclear whether they match"},                         \
        {"unmatched", 0, OPT_VALUE, "FILE", "write those that do not match to FILE, as CSV"},      \
    {                                                                                              \
        "as-text", 0, OPT_FLAG, NULL, "print the search as such a text, and send none"             \
    }
#define SPLIT_OPTION                                                                               \
    {                                                                                              \
        "split", 0, OPT_VALUE, "FIELD|auto", "past what paging reaches: in parts by FIELD"         \
    }
#define SORT_OPTION                                                                                \
    {                                                                                              \
        "sort", 's', OPT_VALUE, "FIELD[:asc]", "sort at the server, descending unless :asc"        \
    }
// A search whose records are quoted or bought.
#define FOUND_OPTIONS                                                                              \
    ASKED_OPTIONS, SORT_OPTION,                                                                    \
        {"limit", 'n', OPT_VALUE, "N|all", "records of the search to take (all)"}, SPLIT_OPTION
#define FROM_OPTION                                                                                \
    {                                                                                              \
        "from", 0, OPT_VALUE, "FILE", "ids one a line, or a CSV with an id column; - is stdin"     \
    }
#define EXPORT_OPTIONS                                                                             \
    {"preset", 0, OPT_VALUE, "NAME", "columns and headings: plain, crm, or one of your own"},      \
        {"crlf", 0, OPT_FLAG, NULL, "end lines of CSV and TSV with CR LF"},                        \
        {"bom", 0, OPT_FLAG, NULL, "begin CSV and TSV with a byte order mark"},                    \
        {"dnc", 0, OPT_VALUE, "keep|drop|split",                                                   \
         "rows with a do-not-call flag: kept, left out, or in a file of their own"},               \
    {                                                                                              \
        "manifest", 0, OPT_FLAG, NULL,                                                             \
            "write FILE.manifest.json: fields, filters, counts, credits, SHA-256"                  \
    }
#define NO_MANIFEST_OPTION                                                                         \
    {                                                                                              \
        "no-manifest", 0, OPT_FLAG, NULL, "write no FILE.manifest.json beside FILE"                \
    }
#define MAP_OPTIONS                                                                                \
    {"map", 0, OPT_LIST, "COLUMN=INPUT",                                                           \
     "take a column of --from as this input; = alone as none"},                                    \
    {                                                                                              \
        "show-mapping", 0, OPT_FLAG, NULL, "show how the columns of --from are taken, no more"     \
    }
#define FIELDS_OPTION                                                                              \
    {                                                                                              \
        "fields", 0, OPT_VALUE, "A,B",                                                             \
            "output fields to buy; the usual ones where not given; @NAME: those of a preset"       \
    }
#define REQUIRE_OPTION                                                                             \
    {                                                                                              \
        "require", 0, OPT_LIST, "A,B",                                                             \
            "fields that a record must have: one that lacks any is not bought and not charged"     \
    }
#define AGAIN_OPTION                                                                               \
    {                                                                                              \
        "resend", 0, OPT_FLAG, NULL, "send records that are in doubt again, by id"                 \
    }
#define BEST_OPTION                                                                                \
    {                                                                                              \
        "best", 0, OPT_VALUE, "N",                                                                 \
            "of those that may cost the N that have most, score highest and are freshest"          \
    }
#define BUDGET_OPTION                                                                              \
    {                                                                                              \
        "budget-day", 0, OPT_VALUE, "N",                                                           \
            "credits from midnight to midnight, or none; for this run in lode.conf's place"        \
    }
#define END                                                                                        \
    {                                                                                              \
        .name = NULL                                                                               \
    }

static const struct opt no_options[] = {END};
static const struct opt format_options[] = {FORMAT_OPTIONS, END};
static const struct opt count_options[] = {
    QUERY_OPTIONS,
    {"waterfall", 0, OPT_FLAG, NULL, "the count without each filter in turn, as a table"},
    SPLIT_OPTION,
    FORMAT_OPTIONS,
    END};
static const struct opt search_options[] = {
    QUERY_OPTIONS,
    SORT_OPTION,
    {"limit", 'n', OPT_VALUE, "N|all", "rows to fetch (25)"},
    {"columns", 'c', OPT_VALUE, "A,B", "columns to give, by API name or heading"},
    SPLIT_OPTION,
    EXPORT_OPTIONS,
    FORMAT_OPTIONS,
    END};
static const struct opt searches_options[] = {
    QUERY_OPTIONS,
    {"sort", 's', OPT_VALUE, "FIELD[:asc]", "save: the order of the search"},
    {"note", 0, OPT_VALUE, "TEXT", "save: what it is for"},
    {"limit", 'n', OPT_VALUE, "N|all", "run: rows to fetch (all that paging reaches)"},
    {"columns", 'c', OPT_VALUE, "A,B", "run: columns to give, by API name or heading"},
    {"changes", 0, OPT_FLAG, NULL, "run: only rows that are new, changed or gone"},
    FORMAT_OPTIONS,
    END};
static const struct opt lookup_options[] = {
    {"match", 'm', OPT_VALUE, "TEXT", "only values that fit TEXT, best first"},
    {"tree", 't', OPT_FLAG, NULL, "each value below the one it belongs to"},
    {"refresh", 0, OPT_FLAG, NULL, "fetch the list again, or all of them"},
    {"query", 0, OPT_LIST, "NAME=VALUE", "a parameter that the list needs"},
    FORMAT_OPTIONS,
    END};
static const struct opt fields_options[] = {
    {"match", 'm', OPT_VALUE, "TEXT", "only fields whose name or label fits TEXT"},
    FORMAT_OPTIONS,
    END};
static const struct opt quote_options[] = {
    FROM_OPTION,    FOUND_OPTIONS,
    MAP_OPTIONS,    FIELDS_OPTION,
    REQUIRE_OPTION, AGAIN_OPTION,
    BEST_OPTION,    {"each", 0, OPT_FLAG, NULL, "a line for every record"},
    FORMAT_OPTIONS, END};
static const struct opt enrich_options[] = {
    FROM_OPTION,
    FOUND_OPTIONS,
    MAP_OPTIONS,
    FIELDS_OPTION,
    REQUIRE_OPTION,
    AGAIN_OPTION,
    {"max-credits", 0, OPT_VALUE, "N", "the most credits this run, or job, may cost"},
    BEST_OPTION,
    BUDGET_OPTION,
    {"job", 0, OPT_VALUE, "NAME", "keep it as a job that can go on after any end"},
    {"priority", 0, OPT_VALUE, "N", "the job's place among others, the highest first (0)"},
    EXPORT_OPTIONS,
    FORMAT_OPTIONS,
    END};
static const struct opt jobs_options[] = {
    {"max-credits", 0, OPT_VALUE, "N", "of resume: the most that the job may cost in all its runs"},
    BUDGET_OPTION,
    FIELDS_OPTION,
    REQUIRE_OPTION,
    AGAIN_OPTION,
    FORMAT_OPTIONS,
    END};
static const struct opt export_options[] = {
    FROM_OPTION,
    {"fields", 0, OPT_VALUE, "A,B", "fields to give, by API name or heading"},
    {"save-preset", 0, OPT_VALUE, "NAME", "keep what --fields names as a preset"},
    EXPORT_OPTIONS,
    NO_MANIFEST_OPTION,
    FORMAT_OPTIONS,
    END};
static const struct opt library_options[] = {
    FROM_OPTION,
    {"tag", 0, OPT_VALUE, "NAME", "records with this tag"},
    {"expiring", 0, OPT_VALUE, "DAYS", "records whose free window ends within DAYS"},
    {"older", 0, OPT_VALUE, "DAYS", "records fetched longer ago than DAYS"},
    {"past-retention", 0, OPT_FLAG, NULL, "records kept longer than retain-months allows"},
    {"notice-due", 0, OPT_FLAG, NULL, "records of people whom a notice is due to"},
    {"do-not-call", 0, OPT_VALUE, "yes|no", "records with, or without, a do-not-call flag"},
    {"all", 0, OPT_FLAG, NULL, "every record"},
    {"sort", 's', OPT_VALUE, "FIELD[:asc]", "fetched, expiry or a field"},
    {"limit", 'n', OPT_VALUE, "N|all", "rows to give (25)"},
    {"columns", 'c', OPT_VALUE, "A,B", "columns to give, by API name or heading"},
    {"yes", 'y', OPT_FLAG, NULL, "do it: without, only what would be done is said"},
    {"allow-again", 0, OPT_FLAG, NULL, "purge without putting anybody on the suppression list"},
    {"remove", 0, OPT_FLAG, NULL, "take off the suppression list"},
    FORMAT_OPTIONS,
    END};
static const struct opt usage_options[] = {
    {"by", 0, OPT_VALUE, "day|search|profile", "what was charged, summed up; no network"},
    FORMAT_OPTIONS,
    END};
static const struct opt ledger_options[] = {
    {"state", 0, OPT_VALUE, "STATE", "only charges in this state, e.g. in-doubt"},
    {"operation", 0, OPT_VALUE, "TEXT", "only those whose operation or entity holds TEXT"},
    {"since", 0, OPT_VALUE, "DAY", "only those that began on that day or later, YYYY-MM-DD, UTC"},
    {"until", 0, OPT_VALUE, "DAY", "only those that began on that day or before"},
    {"fields", 0, OPT_VALUE, "LIST", "these columns, by the names that a CSV has them under"},
    {"charge", 0, OPT_VALUE, "N", "the same as records N"},
    {"reconcile", 0, OPT_FLAG, NULL, "the same as reconcile"},
    {"answer", 0, OPT_VALUE, "N", "the same as answer N"},
    FORMAT_OPTIONS,
    END};
static const struct opt login_options[] = {
    {"session-only", 0, OPT_FLAG, NULL, "keep the secret in memory until lode ends, nowhere else"},
    {"webhook-token", 0, OPT_FLAG, NULL,
     "keep the token of this profile's webhooks, typed or on standard input; signs in to nothing"},
    {"package", 0, OPT_VALUE, "NAME", "standard (25 requests a second) or scaling (33)"},
    END};
static const struct opt help_options[] = {
    {"man", 0, OPT_FLAG, NULL, "the source of lode(1)"},
    {"man-conf", 0, OPT_FLAG, NULL, "the source of lode.conf(5)"},
    {"completion", 0, OPT_VALUE, "SHELL", "completions for bash, zsh or fish"},
    END};

static const struct command commands[] = {
    {"search", "[contact|company]", "find records page by page; costs requests, no credits",
     "Gives the rows of a search in the order of the server. Each page of up to 100 rows costs one "
     "request. FIELD is an API name or a label (\"Management level\"), VALUE an id or the words a "
     "person would use; several values stand with commas, each may be quoted. >= and <= go with "
     "ranges, != where the API can exclude. A whole search may stand in a file for --query: FIELD "
     "= VALUES a line, \"entity = contact\" and \"sort = FIELD:asc\" beside them, # before "
     "comments; --as-text writes one. --where adds to it. A list of up to 10,000 values may stand "
     "in a file for --where-from; where it is too long for one request, several searches are made "
     "and their rows merged by id. Past what paging reaches, --split parts the search by the "
     "values of a field (state, employee range, revenue range, management level; auto takes them "
     "in turn) until each part fits, and gives their rows as one, each once; lode count --split "
     "shows the parts only. A search of companies tells ids and names alone: --columns may name "
     "beside them what its filters say of every row (filter.state) and, of companies that are "
     "owned, what the library has (employeeCount), at no cost; the rest is empty until it is "
     "bought.",
     search_options, 1, 1, NEED_API, false, command_search},
    {"count", "[contact|company]", "how many records match; one request", "Prints one number.",
     count_options, 1, 1, NEED_API, false, command_count},
    {"searches", "[ACTION] [NAME] [WORDS]",
     "saved searches and history: list, save, run, export, import and more",
     "list gives those that are saved, show NAME prints one. save NAME contact|company keeps the "
     "search of --where, --query and --sort under a name (--force replaces one). run NAME does it "
     "again and says for each row whether it is new, changed or gone since the last run; up to "
     "10,000 rows are kept for that. rename NAME NEW, duplicate NAME [NEW], delete NAME, restore "
     "brings the last deleted one back. export [NAME] writes them as text, import FILE reads such "
     "a text. history lists the last 200 searches, history N prints one of them. Only run "
     "needs the network.",
     searches_options, 0, SIZE_MAX, NEED_STORE, false, command_searches},
    {"lookup", "[NAME]", "values that a filter takes; free",
     "NAME is the path after /lookup/ or a plain name: industry, management level, tech/vendor. "
     "Lists are kept for a week. Without a name: which lists there are and what is kept of them; "
     "with --refresh too, all of them are fetched, for use without a network.",
     lookup_options, 0, 2, NEED_STORE, false, command_lookup},
    {"fields", "contact|company",
     "what can be searched by, shown and bought, and by this account; free",
     "Says of every input of the search, every column of its rows and every field that can be "
     "bought: label, group, type, unit, the values it takes, what excludes it, and whether the "
     "account may use it. That is kept for a week.",
     fields_options, 1, 1, NEED_STORE, false, command_fields},
    {"quote", "contact|company", "what enriching would cost; free",
     "Says for every record whether it is new, free until a date, in doubt, a duplicate or never "
     "sent, and sums up credits, records and requests. Which records: those of --from, or all that "
     "a search finds (--where and the like, as lode search takes them), of which --limit takes the "
     "first; how many requests its pages take is said, and past what paging reaches --split or "
     "--limit is asked for. A file for --from that has no ids may name records by what the API "
     "finds them by; see lode help enrich.",
     quote_options, 1, 1, NEED_API, false, command_quote},
    {"enrich", "contact|company", "buy records; only with --max-credits",
     "Gives each record in the order asked for. What the library has is given from it at no cost; "
     "what is owned is fetched again for no credit; what is new is bought until --max-credits is "
     "used up. The intent of every charging call is on disk before it leaves, and a call that was "
     "sent and not answered is in doubt and never sent again by itself. With a search (--where) it "
     "is read and quoted anew, so that what was found since lode quote counts, up to "
     "--max-credits; --job keeps the records it found. A file for --from that has "
     "no ids (CSV, TSV, or a JSON object a line, of any size) may name people by e-mail, hashed "
     "e-mail, phone, or name and company, and companies by name, website, ticker, phone, fax, "
     "address or IP address: which column is what is guessed from the headings, --show-mapping "
     "shows it and --map changes it. Lines that lack something are told and not sent, those that "
     "ask for the same are sent once, and each line comes back with its own columns first, what "
     "was found, and the reason where nothing was.",
     enrich_options, 1, 1, NEED_API, true, command_enrich},
    {"export", "contact|company", "records that are owned, from the library; no network",
     "Gives every record of the library, or those of --from. --fields and --preset choose and name "
     "the columns: --fields 'lastName=Surname,email' gives a heading of your own, --save-preset "
     "NAME keeps the list. A file appears whole or not at all, and takes the place of none without "
     "--force. Do-not-call and region flags come with personal values; phones and formulas stay "
     "text.",
     export_options, 1, 1, NEED_STORE, false, command_export},
    {"library", "ACTION contact|company [WORDS]",
     "what is owned: search, history, tags, refresh, purge; no network but for refresh",
     "search [WORDS] gives the records that hold all of them, the best first; a word is the "
     "beginning of one, \"a phrase\" stands as it is, and tag:NAME, expiring:DAYS, older:DAYS, "
     "dnc:yes, retention:past and notice:due sift. expiring [DAYS] gives those whose free window "
     "ends soon. show ID tells all of one, history ID how its answers differed. tag NAME IDS, "
     "untag NAME IDS and note ID TEXT write beside records. refresh fetches records again while "
     "that is free of credits, and says how they differ. purge removes records from every file and "
     "keeps them from coming back; ids and when they were bought stay with what was paid. purge "
     "--past-retention purges all that was fetched longer ago than set retain-months N in "
     "lode.conf allows, and keeps nobody from coming back: only their age was against them. "
     "suppress does so with any ids, e-mail addresses or their SHA-256, without any it gives the "
     "list, and --remove takes off it, with what came there for their sake alone. notice:due and "
     "--notice-due are people of the EU whom a notice (GDPR, Art. 14) is due to by what ZoomInfo "
     "says of them; that is no legal advice. refresh and purge do nothing without --yes but say "
     "what they would do.",
     library_options, 2, SIZE_MAX, NEED_STORE, false, command_library},
    {"usage", "", "credits, records and requests of the account, and where they went",
     "Asks for the meters, one free request, and says what the package allows and how fast credits "
     "go. --by sums up the ledger instead, without the network.",
     usage_options, 0, 0, NEED_ACCOUNT, false, command_usage},
    {"ledger", "[list|show|records|answer|reconcile] [N]",
     "every charging call, what it cost and what is in doubt; no network",
     "On a terminal the table has the columns that fit it, elsewhere all of them. show N tells all "
     "of one call; records N which records or lines of a file it asked for, and what became of "
     "each; answer N what came of its answer where that was not sound. reconcile asks the "
     "account's meters, one free request, what became of the calls in doubt.",
     ledger_options, 0, 2, NEED_STORE, false, command_ledger},
    {"jobs", "[list|show|rows|pause|resume|cancel|priority|drop] [NAME [N]]",
     "purchases that outlive a start: how far they are, going on",
     "lode enrich --job NAME makes one, and every purchase by the lines of a file is one. It is "
     "never gone on with by itself: resume NAME takes --max-credits, and without a name takes the "
     "first by priority that waits or is paused; what it was begun with it keeps, and its file "
     "must be as it was. pause and cancel reach a job that another lode runs: it begins no more "
     "calls, and those under way are waited for. show says where each record or line stands; rows "
     "gives each with what came of it so far, or why nothing did, and sends nothing.",
     jobs_options, 0, 3, NEED_STORE, false, command_jobs},
    {"login", "", "sign in to an account and keep its secret in the keyring",
     "Asks for the password, or takes --client-id and --private-key, signs in, and keeps the "
     "secret in the desktop's keyring under the profile's name: from then on the other commands "
     "sign in by themselves. Without a keyring that can be used it stops and says how to mend "
     "that; --session-only keeps nothing. Nothing secret is ever written to a file.",
     login_options, 0, 0, NEED_LOGIN, false, command_login},
    {"logout", "", "remove a profile's secrets from the keyring",
     "Password, key and webhook token go; the profile, its library and its ledger stay.",
     no_options, 0, 0, NEED_NONE, false, command_logout},
    {"status", "", "where each secret is, and how old",
     "Of every profile, or of the one that --profile names. A key older than 90 days asks to be "
     "replaced.",
     format_options, 0, 0, NEED_NONE, false, command_status},
    {"profiles", "[use|remove NAME]", "the accounts that Lode knows",
     "Lists them. With use, NAME is the one that other commands mean from then on. With remove, "
     "the profile and its secrets go; its library and its ledger stay.",
     format_options, 0, 2, NEED_NONE, false, command_profiles},
    {"doctor", "", "look at everything that has to be right",
     "Checks keyring, key, DNS, TLS, clock, sign-in, account, terminal, lode.conf and store, a "
     "line each: pass, warning, or mend with what to do. Costs a few free requests.",
     format_options, 0, 0, NEED_ACCOUNT, false, command_doctor},
    {"raw", "METHOD PATH [BODY|-]", "one free request as it stands",
     "Prints the answer as it came. Operations that charge are refused.", no_options, 2, 3,
     NEED_API, false, command_raw},
    {"sandbox", "serve|reset", "run the offline sandbox, or forget its account", "", no_options, 1,
     1, NEED_NONE, false, command_sandbox},
    {"keys", "", "the explorer's keys, with those of lode.conf", "", format_options, 0, 0,
     NEED_NONE, false, command_keys},
    {"help", "[COMMAND|explorer]", "this, or all about one command", "", help_options, 0, 1,
     NEED_NONE, false, command_help},
    {.name = NULL},
};

static const struct opt global_options[] = {
    {"sandbox", 0, OPT_FLAG, NULL, "use the offline sandbox: invented data, nothing is charged"},
    {"base-url", 0, OPT_VALUE, "URL", "the API's address (https://api.zoominfo.com)"},
    {"profile", 0, OPT_VALUE, "NAME", "the account; see lode profiles"},
    {"user", 'u', OPT_VALUE, "NAME", "who signs in; asked for where not given"},
    {"password-stdin", 0, OPT_FLAG, NULL, "the password is the first line of standard input"},
    {"client-id", 0, OPT_VALUE, "ID", "the client id of --private-key"},
    {"private-key", 0, OPT_VALUE, "FILE|-", "sign in with this key (PEM) instead of a password"},
    {"ca-file", 0, OPT_VALUE, "FILE", "trust these roots instead of the system's"},
    {"rate", 0, OPT_VALUE, "N", "requests a second at the most; 0, no limit, for loopback"},
    {"quiet", 'q', OPT_FLAG, NULL, "say nothing but failures"},
    {"help", 'h', OPT_FLAG, NULL, "help, and leave"},
    {"version", 'V', OPT_FLAG, NULL, "the version, and leave"},
    END};

const struct command *command_all(void)
{
    return commands;
}

const struct opt *command_global_options(void)
{
    return global_options;
}

const struct command *command_find(const char *name)
{
    for (const struct command *c = commands; c->name; c++) {
        if (str_eq(c->name, name))
            return c;
    }
    return NULL;
}
