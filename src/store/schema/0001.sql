-- Schema 1. Opens in plain sqlite3: no custom collation or function. Never edited once released; changes are 0002.sql.
PRAGMA application_id = 0x44544931;  -- "DTI1"

-- Who this workspace belongs to, and on which device it is: agency, officer, created, plan, catalogue_version,
-- catalogue_hash, device, machine, path.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every device id that this file has had, in order. A file found on another machine or path takes a new one.
CREATE TABLE devices (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  machine TEXT NOT NULL,
  path TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The keys that packages were signed with, the last one still: texts of minisign secret key files without a password. They
-- leave this file only by `dti keys --export` and with its backups.
CREATE TABLE own_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  secret TEXT NOT NULL,
  since TEXT NOT NULL
) STRICT;

-- Public keys that packages from others were signed with, as minisign writes them. `waiting`: its packages are refused
-- until an officer decides; `confirmed`: by whom, and when.
CREATE TABLE keys (
  agency TEXT NOT NULL,
  device TEXT NOT NULL,
  key TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('seen', 'confirmed', 'waiting')),
  officer TEXT,
  decided TEXT,
  PRIMARY KEY (agency, device, key)
) STRICT, WITHOUT ROWID;

-- The catalogue's rows, for readers of this file. The program reads `editions` or its own, and writes these anew when
-- the workspace goes on to another edition.
CREATE TABLE pillars (
  id INTEGER PRIMARY KEY,
  numeral TEXT NOT NULL,
  title TEXT NOT NULL,
  weight INTEGER NOT NULL
) STRICT;

CREATE TABLE agencies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  short TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent TEXT,
  confirmed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE indicators (
  id TEXT PRIMARY KEY,
  pillar INTEGER NOT NULL,
  title TEXT NOT NULL,
  short TEXT NOT NULL,
  measure TEXT NOT NULL,
  unit TEXT NOT NULL,
  target REAL,
  aggregate TEXT NOT NULL,
  task TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  pillar INTEGER NOT NULL,
  short TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Everything that anyone ever entered or received. `body` is the record's content as JSON; numbers in it are strings.
CREATE TABLE revisions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  item TEXT NOT NULL,
  agency TEXT NOT NULL,
  period TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  content_hash TEXT NOT NULL,
  vector TEXT NOT NULL CHECK (json_valid(vector)),
  author TEXT NOT NULL,
  origin TEXT NOT NULL,
  device TEXT NOT NULL,
  time TEXT NOT NULL,
  record TEXT NOT NULL GENERATED ALWAYS AS (kind || ':' || item || ':' || agency || ':' || period) VIRTUAL
) STRICT;

CREATE INDEX revisions_by_record ON revisions (record);

CREATE TRIGGER revisions_are_never_changed BEFORE UPDATE ON revisions
BEGIN
  SELECT RAISE(ABORT, 'revisions are append-only');
END;

CREATE TRIGGER revisions_are_never_deleted BEFORE DELETE ON revisions
BEGIN
  SELECT RAISE(ABORT, 'revisions are append-only');
END;

-- The revisions of each record that no other one supersedes. Two with different content: a conflict.
CREATE TABLE heads (
  revision TEXT PRIMARY KEY REFERENCES revisions (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE operations (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  time TEXT NOT NULL,
  subject TEXT NOT NULL,
  undoes TEXT REFERENCES operations (id),
  undone_by TEXT REFERENCES operations (id)
) STRICT;

CREATE TRIGGER operations_are_never_deleted BEFORE DELETE ON operations
BEGIN
  SELECT RAISE(ABORT, 'the operation log is append-only');
END;

-- How an operation moved the heads of records; both lists are JSON arrays of sorted revision ids.
CREATE TABLE operation_moves (
  operation INTEGER NOT NULL REFERENCES operations (number),
  record TEXT NOT NULL,
  heads_before TEXT NOT NULL,
  heads_after TEXT NOT NULL,
  PRIMARY KEY (operation, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX operation_moves_by_record ON operation_moves (record, operation);

-- Evidence and received packages, each once, by the SHA-256 of its bytes.
CREATE TABLE blobs (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  bytes INTEGER NOT NULL
) STRICT;

CREATE TABLE blob_chunks (
  blob INTEGER NOT NULL REFERENCES blobs (id),
  number INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (blob, number)
) STRICT;

-- Reports filed, and contributions to lead agencies, here or on another PC of the agency. One stands as long as the operation that filed it, or that merged
-- the working copy with it, is not undone.
CREATE TABLE filings (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  operation INTEGER NOT NULL REFERENCES operations (number),
  agency TEXT NOT NULL,
  recipient TEXT NOT NULL,  -- the receiving department, or the lead agency of a contribution
  period TEXT NOT NULL,
  filing INTEGER NOT NULL,  -- 0: chính thức; n: bổ sung lần n
  officer TEXT NOT NULL,
  device TEXT NOT NULL,
  time TEXT NOT NULL,
  previous TEXT,
  answers TEXT,
  software TEXT NOT NULL,
  size_limit INTEGER NOT NULL
) STRICT;

CREATE TABLE filing_revisions (
  filing TEXT NOT NULL REFERENCES filings (id),
  revision TEXT NOT NULL REFERENCES revisions (id),
  PRIMARY KEY (filing, revision)
) STRICT, WITHOUT ROWID;

CREATE INDEX filing_revisions_by_revision ON filing_revisions (revision);

CREATE TABLE filing_packages (
  filing TEXT NOT NULL REFERENCES filings (id),
  part INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (filing, part)
) STRICT, WITHOUT ROWID;

-- Packages that came in; their bytes are in `blobs`. `refused` is the reason where one was set aside.
CREATE TABLE received (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL UNIQUE REFERENCES blobs (sha256),
  file_name TEXT NOT NULL,
  kind TEXT,
  arrived TEXT NOT NULL,
  filed TEXT,               -- when its sender filed it, where a signature vouches for that
  due TEXT NOT NULL,
  refused TEXT,
  rows TEXT NOT NULL,
  agency TEXT NOT NULL,
  period TEXT,
  filing INTEGER,
  submission TEXT NOT NULL,
  signature TEXT,           -- what it was when the package came
  device TEXT,
  key TEXT                  -- as minisign writes it
) STRICT;

-- Which operation merged which package.
CREATE TABLE merges (
  operation INTEGER PRIMARY KEY REFERENCES operations (number),
  package TEXT NOT NULL REFERENCES received (sha256)
) STRICT;

CREATE INDEX merges_by_package ON merges (package);

-- Receipts, returns and requests, sent and received; `message` is what each says, as JSON. One stands as long as the
-- operation that sent it or took it in is not undone.
CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  operation INTEGER NOT NULL REFERENCES operations (number),
  kind TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  period TEXT NOT NULL,
  officer TEXT NOT NULL,
  device TEXT NOT NULL,
  time TEXT NOT NULL,
  message TEXT NOT NULL CHECK (json_valid(message))
) STRICT, WITHOUT ROWID;

-- Editions of the catalogue made or taken in here; `files` is {name: TOML text}. One stands as long as its operation is
-- not undone, and the last that stands is the workspace's; where there is none, the program's own is. `published`: the
-- operation that wrote it out for others, and the device that did.
CREATE TABLE editions (
  operation INTEGER PRIMARY KEY REFERENCES operations (number),
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  files TEXT NOT NULL CHECK (json_valid(files)),
  published INTEGER REFERENCES operations (number),
  device TEXT
) STRICT;

-- Views for readers of this file. A record has one row in them, or one per differing value where it is in conflict.

CREATE VIEW current_revisions AS
SELECT r.*,
  EXISTS (
    SELECT 1 FROM revisions o JOIN heads g ON g.revision = o.id
    WHERE o.record = r.record AND o.content_hash <> r.content_hash
  ) AS in_conflict
FROM revisions r JOIN heads h ON h.revision = r.id
WHERE json_type(r.body, '$.content') = 'object'  -- a withdrawn record has the text 'withdrawn' here
  AND NOT EXISTS (
    SELECT 1 FROM revisions o JOIN heads g ON g.revision = o.id
    WHERE o.record = r.record AND o.content_hash = r.content_hash AND o.id > r.id
  );

-- `percent` is computed from numerator and denominator where they are there; `value` is in the indicator's unit.
CREATE VIEW current_values AS
SELECT item, title, pillar, agency, agency_name, agency_kind, period, state, numerator, denominator,
  CASE
    WHEN value IS NOT NULL OR coalesce(denominator, 0) = 0 THEN value
    WHEN measure = 'ratio' THEN 100.0 * numerator / denominator
    ELSE numerator / denominator
  END AS value,
  CASE
    WHEN measure <> 'ratio' THEN NULL
    WHEN coalesce(denominator, 0) <> 0 THEN 100.0 * numerator / denominator
    ELSE value
  END AS percent,
  reason, note, author, time, in_conflict
FROM (
  SELECT r.item, i.title, i.pillar, i.measure, r.agency, a.name AS agency_name, a.kind AS agency_kind, r.period,
    json_extract(r.body, '$.content.indicator.state') AS state,
    CAST(json_extract(r.body, '$.content.indicator.numerator') AS REAL) AS numerator,
    CAST(json_extract(r.body, '$.content.indicator.denominator') AS REAL) AS denominator,
    CAST(json_extract(r.body, '$.content.indicator.value') AS REAL) AS value,
    coalesce(json_extract(r.body, '$.content.indicator.reason'), '') AS reason,
    coalesce(json_extract(r.body, '$.note'), '') AS note,
    r.author, r.time, r.in_conflict
  FROM current_revisions r
  LEFT JOIN indicators i ON i.id = r.item
  LEFT JOIN agencies a ON a.id = r.agency
  WHERE r.kind = 'indicator'
);

CREATE VIEW current_tasks AS
SELECT r.item AS task, t.short AS title, t.pillar, r.agency, a.name AS agency_name, a.kind AS agency_kind, r.period,
  json_extract(r.body, '$.content.task.status') AS status,
  json_extract(r.body, '$.content.task.percent') AS percent,
  coalesce(json_extract(r.body, '$.content.task.result'), '') AS result,
  coalesce(json_extract(r.body, '$.content.task.difficulty'), '') AS difficulty,
  coalesce(json_extract(r.body, '$.content.task.cause'), '') AS cause,
  coalesce(json_extract(r.body, '$.content.task.proposal'), '') AS proposal,
  coalesce(json_extract(r.body, '$.note'), '') AS note,
  r.author, r.time, r.in_conflict
FROM current_revisions r
LEFT JOIN tasks t ON t.id = r.item
LEFT JOIN agencies a ON a.id = r.agency
WHERE r.kind = 'task';

CREATE VIEW current_documents AS
SELECT r.item, i.title, i.pillar, r.agency, a.name AS agency_name, a.kind AS agency_kind, r.period,
  json_extract(r.body, '$.content.document.state') AS state,
  coalesce(json_extract(r.body, '$.content.document.symbol'), '') AS symbol,
  json_extract(r.body, '$.content.document.date') AS date,
  coalesce(json_extract(r.body, '$.content.document.summary'), '') AS summary,
  coalesce(json_extract(r.body, '$.content.document.reason'), '') AS reason,
  coalesce(json_extract(r.body, '$.note'), '') AS note,
  r.author, r.time, r.in_conflict
FROM current_revisions r
LEFT JOIN indicators i ON i.id = r.item
LEFT JOIN agencies a ON a.id = r.agency
WHERE r.kind = 'document';

CREATE VIEW current_plan_items AS
SELECT substr(r.item, 1, instr(r.item, '/') - 1) AS task, r.item, r.agency, a.name AS agency_name, r.period,
  json_extract(r.body, '$.content.plan_item.work') AS work,
  coalesce(json_extract(r.body, '$.content.plan_item.coordinating'), '') AS coordinating,
  json_extract(r.body, '$.content.plan_item.from') AS date_from,
  json_extract(r.body, '$.content.plan_item.to') AS date_to,
  coalesce(json_extract(r.body, '$.content.plan_item.output'), '') AS output,
  coalesce(json_extract(r.body, '$.note'), '') AS note,
  r.author, r.time, r.in_conflict
FROM current_revisions r
LEFT JOIN agencies a ON a.id = r.agency
WHERE r.kind = 'plan_item';

-- Every head of every record whose heads differ, a withdrawal included.
CREATE VIEW conflicts AS
SELECT r.record, r.kind, r.item, r.agency, a.name AS agency_name, r.period, r.id AS revision,
  r.body, r.author, r.origin, r.device, r.time
FROM revisions r JOIN heads h ON h.revision = r.id
LEFT JOIN agencies a ON a.id = r.agency
WHERE EXISTS (
  SELECT 1 FROM revisions o JOIN heads g ON g.revision = o.id
  WHERE o.record = r.record AND o.content_hash <> r.content_hash
)
ORDER BY r.record, r.id;
