DELETE FROM revisions WHERE number = ?1
