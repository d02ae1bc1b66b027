SELECT count(*) FROM revisions
