SELECT data FROM blob_chunks WHERE blob = ?1 AND number = ?2
