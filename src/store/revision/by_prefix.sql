SELECT id, kind, item, agency, period, body, content_hash, vector, author, origin, device, time
FROM revisions WHERE id >= ?1 AND id < ?1 || 'g' ORDER BY id LIMIT 2
