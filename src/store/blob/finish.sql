UPDATE blobs SET sha256 = ?2, bytes = ?3 WHERE id = ?1
