DELETE FROM blobs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM received WHERE received.sha256 = blobs.sha256)
