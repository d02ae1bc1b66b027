-- The last edition that stands, of those before operation ?1.
SELECT e.files FROM editions e JOIN operations o ON o.number = e.operation
WHERE o.undone_by IS NULL AND e.operation < ?1 ORDER BY e.operation DESC LIMIT 1
