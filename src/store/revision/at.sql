SELECT id, kind, item, agency, period, body, content_hash, vector, author, origin, device, time
FROM revisions WHERE number = ?1
