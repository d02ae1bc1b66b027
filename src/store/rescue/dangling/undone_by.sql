UPDATE operations SET undone_by = NULL WHERE undone_by NOT IN (SELECT id FROM operations)
