DELETE FROM operations
