SELECT record, heads_before, heads_after FROM operation_moves WHERE operation = ?1
