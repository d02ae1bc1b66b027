INSERT INTO revisions
  (id, kind, item, agency, period, body, content_hash, vector, author, origin, device, time)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (id) DO NOTHING
