// What stands in the ledger. Floor: store.
#include "store/schema.h"

#include "base/mem.h"
#include "store/merge.h"

enum { MERGED_FROM = 13 }; // the version from which records are unions

// clang-format off
static const char ledger_1[] =
    // The ledger: only ever added to. Ids are the order of things; clocks may jump.
    "CREATE TABLE charge ("
    "  id INTEGER PRIMARY KEY,"
    "  began_ms INTEGER NOT NULL,"
    "  entity TEXT NOT NULL,"
    "  operation TEXT NOT NULL,"
    "  base_url TEXT NOT NULL,"
    "  n_records INTEGER NOT NULL,"
    "  quoted_max INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE charge_record ("
    "  charge INTEGER NOT NULL REFERENCES charge,"
    "  place INTEGER NOT NULL,"
    "  record TEXT NOT NULL,"
    "  PRIMARY KEY (charge, place)"
    ") STRICT, WITHOUT ROWID;"
    // At most two a charge: in doubt, and its end. None: the intent stands.
    "CREATE TABLE charge_event ("
    "  charge INTEGER NOT NULL REFERENCES charge,"
    "  final INTEGER NOT NULL CHECK (final = (state <> 'in doubt')),"
    "  state TEXT NOT NULL CHECK (state IN ('released', 'rejected', 'charged', 'in doubt', 'reconciled')),"
    "  at_ms INTEGER NOT NULL,"
    "  http INTEGER NOT NULL,"
    "  request_id TEXT NOT NULL,"
    "  reason TEXT NOT NULL,"
    "  credits INTEGER NOT NULL,"
    "  records INTEGER NOT NULL,"
    "  requests INTEGER NOT NULL,"
    "  meters TEXT,"
    "  PRIMARY KEY (charge, final)"
    ") STRICT, WITHOUT ROWID;"
    // Which charges have no end yet: follows from the above, kept by the triggers alone.
    "CREATE TABLE charge_open (charge INTEGER PRIMARY KEY) STRICT;"
    "CREATE VIEW charge_now AS"
    "  SELECT c.id, c.began_ms, ifnull(e.at_ms, 0) AS ended_ms, ifnull(e.state, 'intent') AS state,"
    "    c.entity, c.operation, c.base_url, ifnull(e.request_id, '') AS request_id,"
    "    ifnull(e.reason, '') AS reason, ifnull(e.http, 0) AS http, c.n_records, c.quoted_max,"
    "    ifnull(e.credits, 0) AS credits, ifnull(e.records, 0) AS records,"
    "    ifnull(e.requests, 0) AS requests, e.meters"
    "  FROM charge c LEFT JOIN charge_event e ON e.charge = c.id AND e.final ="
    "    (SELECT max(final) FROM charge_event WHERE charge = c.id);";

static const char ledger_2[] =
    "CREATE TRIGGER charge_opens AFTER INSERT ON charge BEGIN"
    "  INSERT INTO charge_open VALUES (new.id);"
    "END;"
    "CREATE TRIGGER charge_event_after_end BEFORE INSERT ON charge_event"
    "  WHEN NOT EXISTS (SELECT 1 FROM charge_open WHERE charge = new.charge) BEGIN"
    "  SELECT RAISE(ABORT, 'the charge has ended');"
    "END;"
    "CREATE TRIGGER charge_ends AFTER INSERT ON charge_event WHEN new.final BEGIN"
    "  DELETE FROM charge_open WHERE charge = new.charge;"
    "END;"
    "CREATE TRIGGER charge_kept BEFORE DELETE ON charge BEGIN"
    "  SELECT RAISE(ABORT, 'the ledger is only added to');"
    "END;"
    "CREATE TRIGGER charge_fixed BEFORE UPDATE ON charge BEGIN"
    "  SELECT RAISE(ABORT, 'the ledger is only added to');"
    "END;"
    "CREATE TRIGGER charge_record_kept BEFORE DELETE ON charge_record BEGIN"
    "  SELECT RAISE(ABORT, 'the ledger is only added to');"
    "END;"
    "CREATE TRIGGER charge_record_fixed BEFORE UPDATE ON charge_record BEGIN"
    "  SELECT RAISE(ABORT, 'the ledger is only added to');"
    "END;"
    "CREATE TRIGGER charge_event_kept BEFORE DELETE ON charge_event BEGIN"
    "  SELECT RAISE(ABORT, 'the ledger is only added to');"
    "END;"
    "CREATE TRIGGER charge_event_fixed BEFORE UPDATE ON charge_event BEGIN"
    "  SELECT RAISE(ABORT, 'the ledger is only added to');"
    "END;";

static const char ledger_3[] =
    // The library. A record is narrow, so that thousands are found in milliseconds; its answer is
    // apart, in the order of arrival. bought_ms 0: came with an answer, but was not bought.
    "CREATE TABLE field_list (id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE) STRICT;"
    "CREATE TABLE record ("
    "  entity TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  bought_ms INTEGER NOT NULL,"
    "  fetched_ms INTEGER NOT NULL,"
    "  fields INTEGER NOT NULL REFERENCES field_list,"
    "  answer INTEGER," // null: bought, but its answer was lost
    "  PRIMARY KEY (entity, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE answer ("
    "  no INTEGER PRIMARY KEY,"
    "  entity TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  match_status TEXT NOT NULL,"
    "  source TEXT NOT NULL,"
    "  raw TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX answer_by_entity ON answer (entity);"
    "CREATE TABLE suppressed ("
    "  entity TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  since_ms INTEGER NOT NULL,"
    "  PRIMARY KEY (entity, id)"
    ") STRICT, WITHOUT ROWID;";

static const char ledger_4[] =
    // What came where it was no sound answer, as far as it came: it may be all there is of what was
    // paid for. It may name people, so unlike the rest it can go.
    "CREATE TABLE charge_answer ("
    "  charge INTEGER PRIMARY KEY REFERENCES charge,"
    "  came INTEGER NOT NULL," // bytes that came; the first of them are kept
    "  bytes BLOB NOT NULL"
    ") STRICT;";

static const char ledger_5[] =
    // Beside what is owned: answers that newer ones took the place of, what people wrote, and whom
    // nothing may be kept of.
    "CREATE TABLE version ("
    "  no INTEGER PRIMARY KEY,"
    "  entity TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  fetched_ms INTEGER NOT NULL,"
    "  until_ms INTEGER NOT NULL,"
    "  fields INTEGER NOT NULL REFERENCES field_list,"
    "  match_status TEXT NOT NULL,"
    "  source TEXT NOT NULL,"
    "  raw TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX version_by_record ON version (entity, id);"
    "CREATE TABLE note ("
    "  entity TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  at_ms INTEGER NOT NULL,"
    "  text TEXT NOT NULL,"
    "  PRIMARY KEY (entity, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE tag ("
    "  entity TEXT NOT NULL,"
    "  name TEXT NOT NULL COLLATE NOCASE,"
    "  id TEXT NOT NULL,"
    "  PRIMARY KEY (entity, name, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX tag_by_record ON tag (entity, id);"
    "CREATE TABLE suppressed_email (hash TEXT PRIMARY KEY, since_ms INTEGER NOT NULL)"
    "  STRICT, WITHOUT ROWID;"
    // What was purged may still stand in free pages, the index and the backup.
    "CREATE TABLE purge_due (whole INTEGER NOT NULL) STRICT;"
    // When each answer was last touched, in steps that never come again: what the index lacks is
    // what is past its last step.
    "CREATE TABLE change (step INTEGER PRIMARY KEY AUTOINCREMENT, answer INTEGER NOT NULL UNIQUE)"
    "  STRICT;"
    "INSERT INTO change (answer) SELECT no FROM answer;";

// The library's steps.
#define TOUCHED(row)                                                                               \
    "  DELETE FROM change WHERE answer = (SELECT answer FROM record"                               \
    "    WHERE entity = " row ".entity AND id = " row ".id);"                                      \
    "  INSERT INTO change (answer) SELECT answer FROM record"                                      \
    "    WHERE entity = " row ".entity AND id = " row ".id AND answer IS NOT NULL;"

static const char ledger_6[] =
    "CREATE TRIGGER answer_comes AFTER INSERT ON answer BEGIN"
    "  INSERT INTO change (answer) VALUES (new.no);"
    "END;"
    "CREATE TRIGGER answer_changes AFTER UPDATE ON answer BEGIN"
    "  DELETE FROM change WHERE answer = new.no;"
    "  INSERT INTO change (answer) VALUES (new.no);"
    "END;"
    "CREATE TRIGGER answer_goes AFTER DELETE ON answer BEGIN"
    "  DELETE FROM change WHERE answer = old.no;"
    "END;"
    "CREATE TRIGGER note_comes AFTER INSERT ON note BEGIN" TOUCHED("new") "END;"
    "CREATE TRIGGER note_changes AFTER UPDATE ON note BEGIN" TOUCHED("new") "END;"
    "CREATE TRIGGER note_goes AFTER DELETE ON note BEGIN" TOUCHED("old") "END;"
    "CREATE TRIGGER tag_comes AFTER INSERT ON tag BEGIN" TOUCHED("new") "END;"
    "CREATE TRIGGER tag_goes AFTER DELETE ON tag BEGIN" TOUCHED("old") "END;";

static const char ledger_7[] =
    // Which record an input named, by a hash of it: asked again, it costs nothing. What is purged or
    // opted out leaves no trace here.
    "CREATE TABLE matched ("
    "  entity TEXT NOT NULL,"
    "  input TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  PRIMARY KEY (entity, input)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX matched_by_id ON matched (entity, id);"
    "CREATE TRIGGER matched_forgets AFTER INSERT ON suppressed BEGIN"
    "  DELETE FROM matched WHERE entity = new.entity AND id = new.id;"
    "END;";

static const char ledger_8[] =
    // Which job a charge is of; what the account's meters said while no call was under way, after
    // which charge.
    "CREATE TABLE charge_job ("
    "  charge INTEGER PRIMARY KEY REFERENCES charge,"
    "  job INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX charge_by_job ON charge_job (job);"
    "CREATE TABLE meter_mark ("
    "  charge INTEGER PRIMARY KEY,"
    "  at_ms INTEGER NOT NULL,"
    "  credits INTEGER NOT NULL," // used; -1: not said
    "  records INTEGER NOT NULL"
    ") STRICT;";

static const char ledger_9[] =
    // Where the records of a charge were chosen: a search as people say it, or a file.
    "CREATE TABLE charge_origin ("
    "  charge INTEGER PRIMARY KEY REFERENCES charge,"
    "  text TEXT NOT NULL"
    ") STRICT;";

// New answers are marked as changed by whoever adds them, many at once.
static const char ledger_10[] = "DROP TRIGGER answer_comes;";

static const char ledger_11[] =
    // Who bought, and by which quote; when it left, what became of each record, and what the
    // account's meters said before, where no other call was under way.
    "ALTER TABLE charge ADD COLUMN who TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE charge ADD COLUMN profile TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE charge ADD COLUMN quoted_min INTEGER NOT NULL DEFAULT -1;" // -1: not told
    "ALTER TABLE charge ADD COLUMN why TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE charge_event ADD COLUMN sent_ms INTEGER NOT NULL DEFAULT 0;" // 0: not told
    "ALTER TABLE charge_event ADD COLUMN outcome TEXT NOT NULL DEFAULT '';"   // a letter a record
    "ALTER TABLE charge_event ADD COLUMN meters_before TEXT;"
    "DROP VIEW charge_now;"
    "CREATE VIEW charge_now AS"
    "  SELECT c.id, c.began_ms, ifnull(e.at_ms, 0) AS ended_ms, ifnull(e.state, 'intent') AS state,"
    "    c.entity, c.operation, c.base_url, ifnull(e.request_id, '') AS request_id,"
    "    ifnull(e.reason, '') AS reason, ifnull(e.http, 0) AS http, c.n_records, c.quoted_max,"
    "    ifnull(e.credits, 0) AS credits, ifnull(e.records, 0) AS records,"
    "    ifnull(e.requests, 0) AS requests, e.meters, c.who, c.profile, c.quoted_min, c.why,"
    "    ifnull(e.sent_ms, 0) AS sent_ms, ifnull(e.outcome, '') AS outcome, e.meters_before"
    "  FROM charge c LEFT JOIN charge_event e ON e.charge = c.id AND e.final ="
    "    (SELECT max(final) FROM charge_event WHERE charge = c.id);";

static const char ledger_12[] =
    // All of an entity's records in the order of their answers, each answer found by its number.
    "CREATE INDEX record_by_answer ON record (entity, answer, bought_ms, fetched_ms, fields);"
    "DROP INDEX answer_by_entity;";

static const char ledger_13[] =
    // A record is the union of what was fetched: of its fields those that the newest answer did not
    // ask for, by when they came.
    "CREATE TABLE older ("
    "  entity TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  fetched_ms INTEGER NOT NULL,"
    "  fields TEXT NOT NULL," // sorted, ',' between
    "  PRIMARY KEY (entity, id, fetched_ms)"
    ") STRICT, WITHOUT ROWID;";
static const char ledger_14[] =
    // For whose sake each stands on the suppression list: taken off, it takes with it what came with
    // it alone. Entity '': an address, by its hash. What was put there by itself is its own.
    "CREATE TABLE suppressed_with ("
    "  entity TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  with_entity TEXT NOT NULL,"
    "  with_id TEXT NOT NULL,"
    "  PRIMARY KEY (entity, id, with_entity, with_id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX suppressed_by_with ON suppressed_with (with_entity, with_id);"
    "INSERT INTO suppressed_with SELECT entity, id, entity, id FROM suppressed;"
    "INSERT INTO suppressed_with SELECT '', hash, '', hash FROM suppressed_email;";
// clang-format on

static const char *const ledger_steps[] = {ledger_1,  ledger_2,  ledger_3,  ledger_4, ledger_5,
                                           ledger_6,  ledger_7,  ledger_8,  ledger_9, ledger_10,
                                           ledger_11, ledger_12, ledger_13, ledger_14};

// The ledger has a rollback journal but for the time that somebody spends: see store/wal.c.
static const char ledger_writing[] = "PRAGMA synchronous = FULL;";

// Reads down the right edge of every tree.
static const char ledger_probe[] =
    "SELECT (SELECT max(id) FROM charge), (SELECT max(charge) FROM charge_record),"
    " (SELECT max(charge) FROM charge_event), (SELECT max(charge) FROM charge_open),"
    " (SELECT max(id) FROM field_list), (SELECT max(names) FROM field_list),"
    " (SELECT max(entity) FROM record), (SELECT max(no) FROM answer),"
    " (SELECT answer FROM record INDEXED BY record_by_answer"
    "   ORDER BY entity DESC, answer DESC LIMIT 1), (SELECT max(entity) FROM suppressed),"
    " (SELECT max(charge) FROM charge_answer), (SELECT max(no) FROM version),"
    " (SELECT max(entity) FROM version), (SELECT max(entity) FROM note),"
    " (SELECT max(entity) FROM tag), (SELECT max(hash) FROM suppressed_email),"
    " (SELECT max(whole) FROM purge_due), (SELECT max(step) FROM change),"
    " (SELECT max(answer) FROM change), (SELECT max(seq) FROM sqlite_sequence),"
    " (SELECT max(charge) FROM charge_origin),"
    " (SELECT max(input) FROM matched), (SELECT max(id) FROM matched),"
    " (SELECT max(charge) FROM charge_job), (SELECT max(job) FROM charge_job),"
    " (SELECT max(charge) FROM meter_mark), (SELECT max(entity) FROM older),"
    " (SELECT max(id) FROM suppressed_with), (SELECT max(with_id) FROM suppressed_with)";
// A flipped bit can take rows out of a page and leave a file that SQLite reads without complaint.
// But charges are numbered without gaps, and each is open or has an end.
static const char ledger_counts[] =
    "SELECT n = top AND n = ended + open FROM (SELECT (SELECT count(*) FROM charge) AS n,"
    " (SELECT ifnull(max(id), 0) FROM charge) AS top,"
    " (SELECT count(*) FROM charge_event WHERE final) AS ended,"
    " (SELECT count(*) FROM charge_open) AS open)";
static const char ledger_sums[] =
    "SELECT (SELECT ifnull(sum(n_records), 0) FROM charge) = (SELECT count(*) FROM charge_record)"
    " AND (SELECT count(*) FROM answer) = (SELECT count(answer) FROM record)"
    " AND (SELECT count(*) FROM record) >= (SELECT count(answer) FROM record)";

static bool raise_ledger(struct db *db, int64_t from, struct err *e)
{
    return from >= MERGED_FROM || merge_all(db, e);
}

const struct schema schema_ledger = {.what = "ledger",
                                     .application_id = 0x4c6f644c,
                                     .steps = ledger_steps,
                                     .n_steps = ARRAY_LEN(ledger_steps),
                                     .probe = ledger_probe,
                                     .counts = ledger_counts,
                                     .sums = ledger_sums,
                                     .writing = ledger_writing,
                                     .raised = raise_ledger};
