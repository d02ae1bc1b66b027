SELECT number, id, kind, author, time, subject, undoes, undone_by FROM operations
WHERE substr(id, 1, length(?1)) = ?1 ORDER BY number LIMIT 2
