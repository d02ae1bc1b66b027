DELETE FROM heads WHERE revision IN (SELECT id FROM revisions WHERE record = ?1)
