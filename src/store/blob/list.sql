SELECT id, sha256 FROM blobs ORDER BY id
