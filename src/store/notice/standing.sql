SELECT n.id, n.sender, n.recipient, n.period, n.officer, n.device, n.time, n.message
FROM notices n JOIN operations o ON o.number = n.operation
WHERE o.undone_by IS NULL ORDER BY o.number DESC
