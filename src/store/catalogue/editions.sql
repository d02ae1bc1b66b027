SELECT e.version, e.hash, o.id AS operation, o.author, o.time,
  p.id AS publication, p.author AS publisher, p.time AS published, e.device
FROM editions e
JOIN operations o ON o.number = e.operation
LEFT JOIN operations p ON p.number = e.published
WHERE o.undone_by IS NULL ORDER BY e.operation DESC
