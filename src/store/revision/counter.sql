-- Taken-back revisions count as well: a counter is never used twice.
SELECT coalesce(max(v.value), 0) AS counter
FROM revisions r, json_each(r.vector) v WHERE r.record = ?1 AND v.key = ?2
