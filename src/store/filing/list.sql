SELECT
  f.id, f.agency, f.recipient, f.period, f.filing, f.officer, f.device, f.time, f.previous, f.answers, f.software,
  f.size_limit
FROM filings f JOIN operations o ON o.number = f.operation
WHERE o.undone_by IS NULL ORDER BY f.number DESC
