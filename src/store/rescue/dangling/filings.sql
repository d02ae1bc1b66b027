DELETE FROM filings WHERE operation NOT IN (SELECT number FROM operations)
