SELECT o.number, o.id, o.kind, o.author, o.time, o.subject, o.undoes, o.undone_by
FROM operation_moves m JOIN operations o ON o.number = m.operation
WHERE m.record = ?1 AND m.operation > ?2 AND o.undone_by IS NULL AND o.kind NOT IN ('undo', 'redo')
ORDER BY o.number
