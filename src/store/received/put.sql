-- The first arrival counts; what became of the package, and what its signature is, is what it was last.
INSERT INTO received (
  sha256, file_name, kind, arrived, due, refused, rows, agency, period, filing, submission, filed, signature, device, key
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (sha256) DO UPDATE SET
  kind = excluded.kind, due = excluded.due, refused = excluded.refused, rows = excluded.rows,
  agency = excluded.agency, period = excluded.period, filing = excluded.filing, submission = excluded.submission,
  filed = excluded.filed, signature = excluded.signature, device = excluded.device, key = excluded.key
