UPDATE editions SET published = NULL WHERE published NOT IN (SELECT number FROM operations)
