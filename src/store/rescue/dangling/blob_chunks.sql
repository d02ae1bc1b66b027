DELETE FROM blob_chunks WHERE blob NOT IN (SELECT id FROM blobs)
