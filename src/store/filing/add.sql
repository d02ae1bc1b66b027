-- One that came before, and whose operation was taken back, stands again.
INSERT INTO filings
  (id, operation, agency, recipient, period, filing, officer, device, time, previous, answers, software, size_limit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (id) DO UPDATE SET operation = excluded.operation
