DELETE FROM editions WHERE operation NOT IN (SELECT number FROM operations)
