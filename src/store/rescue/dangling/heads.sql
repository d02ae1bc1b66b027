DELETE FROM heads WHERE revision NOT IN (SELECT id FROM revisions)
