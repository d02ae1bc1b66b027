SELECT DISTINCT json_extract(e.value, '$.sha256') AS sha256
FROM heads h JOIN revisions r ON r.id = h.revision, json_each(r.body, '$.evidence') e
WHERE json_extract(e.value, '$.sha256') NOT IN (SELECT sha256 FROM blobs)
ORDER BY sha256
