SELECT r.id, r.kind, r.item, r.agency, r.period, r.body, r.content_hash, r.vector, r.author, r.origin, r.device, r.time
FROM heads h JOIN revisions r ON r.id = h.revision ORDER BY r.record, r.id
