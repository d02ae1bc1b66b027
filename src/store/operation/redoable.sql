-- The last undo, unless something new was done since.
SELECT number, id, kind, author, time, subject, undoes, undone_by FROM operations
WHERE kind = 'undo' AND undone_by IS NULL
  AND number > (SELECT coalesce(max(number), 0) FROM operations WHERE kind NOT IN ('undo', 'redo'))
ORDER BY number DESC LIMIT 1
