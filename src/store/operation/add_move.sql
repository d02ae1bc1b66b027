INSERT INTO operation_moves (operation, record, heads_before, heads_after) VALUES (?1, ?2, ?3, ?4)
