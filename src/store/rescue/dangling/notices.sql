DELETE FROM notices WHERE operation NOT IN (SELECT number FROM operations)
