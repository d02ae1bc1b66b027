SELECT count(*) FROM blobs
