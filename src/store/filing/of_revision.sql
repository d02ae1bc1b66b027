SELECT
  f.id, f.agency, f.recipient, f.period, f.filing, f.officer, f.device, f.time, f.previous, f.answers, f.software,
  f.size_limit
FROM filing_revisions r JOIN filings f ON f.id = r.filing JOIN operations o ON o.number = f.operation
WHERE r.revision = ?1 AND f.operation <> ?2 AND o.undone_by IS NULL ORDER BY f.number DESC
