-- The first arrival counts; what became of the package is what it was last.
INSERT INTO received (sha256, file_name, kind, arrived, due, refused, rows, agency, period, filing, submission)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (sha256) DO UPDATE SET
  kind = excluded.kind, refused = excluded.refused, rows = excluded.rows,
  agency = excluded.agency, period = excluded.period, filing = excluded.filing, submission = excluded.submission
