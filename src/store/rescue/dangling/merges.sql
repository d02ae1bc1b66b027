DELETE FROM merges
WHERE operation NOT IN (SELECT number FROM operations) OR package NOT IN (SELECT sha256 FROM received)
