UPDATE operations SET undoes = NULL WHERE undoes NOT IN (SELECT id FROM operations)
