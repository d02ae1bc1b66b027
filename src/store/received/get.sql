SELECT p.sha256, p.file_name, p.kind, b.bytes, p.arrived, p.filed, p.due, p.refused, p.rows, p.agency, p.period, p.filing, p.submission,
  p.signature, p.device, p.key,
  EXISTS (
    SELECT 1 FROM merges m JOIN operations o ON o.number = m.operation
    WHERE m.package = p.sha256 AND o.undone_by IS NULL
  ) AS merged
FROM received p JOIN blobs b ON b.sha256 = p.sha256
WHERE p.sha256 = ?1
