DELETE FROM operation_moves WHERE operation NOT IN (SELECT number FROM operations)
