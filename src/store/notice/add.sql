-- One that came before, and whose operation was taken back, stands again.
INSERT INTO notices (id, operation, kind, sender, recipient, period, officer, device, time, message)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO UPDATE SET
  operation = excluded.operation, kind = excluded.kind, sender = excluded.sender, recipient = excluded.recipient,
  period = excluded.period, officer = excluded.officer, device = excluded.device, time = excluded.time,
  message = excluded.message
