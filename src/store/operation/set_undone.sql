UPDATE operations SET undone_by = ?2 WHERE id = ?1
