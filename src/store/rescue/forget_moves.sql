DELETE FROM operation_moves WHERE record = ?1
