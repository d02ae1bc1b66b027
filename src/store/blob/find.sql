SELECT id FROM blobs WHERE sha256 = ?1
