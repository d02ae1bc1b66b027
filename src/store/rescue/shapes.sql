-- Every table with its columns, the computed ones left out, and with its key where it has no rowid.
SELECT t.name, t.wr AS without_rowid,
  (SELECT group_concat('"' || c.name || '"', ', ') FROM pragma_table_xinfo(t.name) c WHERE c.hidden = 0) AS columns,
  (SELECT count(*) FROM pragma_table_xinfo(t.name) c WHERE c.hidden = 0) AS width,
  (SELECT group_concat(k.name, ', ') FROM (
    SELECT '"' || c.name || '"' AS name FROM pragma_table_xinfo(t.name) c WHERE c.pk > 0 ORDER BY c.pk
  ) k) AS key
FROM pragma_table_list t
WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite^_%' ESCAPE '^'
ORDER BY t.name
