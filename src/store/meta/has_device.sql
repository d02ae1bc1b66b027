SELECT 1 FROM devices WHERE id = ?1
