SELECT id, kind, item, agency, period, body, content_hash, vector, author, origin, device, time
FROM revisions ORDER BY number LIMIT ?1 OFFSET ?2
