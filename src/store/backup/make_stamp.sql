CREATE TABLE backup_stamp (
  digest TEXT NOT NULL,
  changes INTEGER NOT NULL
) STRICT
