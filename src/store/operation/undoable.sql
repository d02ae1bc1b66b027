SELECT number, id, kind, author, time, subject, undoes, undone_by FROM operations
WHERE kind NOT IN ('undo', 'redo', 'file', 'publish', 'rescue') AND undone_by IS NULL ORDER BY number DESC LIMIT 1
