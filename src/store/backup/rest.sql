SELECT name, sql FROM source.sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY rowid
