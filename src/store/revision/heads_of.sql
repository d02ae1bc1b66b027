SELECT r.id, r.kind, r.item, r.agency, r.period, r.body, r.content_hash, r.vector, r.author, r.origin, r.device, r.time
FROM revisions r JOIN heads h ON h.revision = r.id
WHERE r.record = ?1 ORDER BY r.id
