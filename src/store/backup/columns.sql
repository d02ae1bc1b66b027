SELECT t.name, group_concat('"' || c.name || '"', ', ')
FROM source.sqlite_schema t JOIN pragma_table_info(t.name, 'source') c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite^_%' ESCAPE '^' AND t.name <> 'blob_chunks'
GROUP BY t.rowid
ORDER BY t.rowid
