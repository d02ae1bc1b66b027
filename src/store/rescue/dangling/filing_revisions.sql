DELETE FROM filing_revisions
WHERE filing NOT IN (SELECT id FROM filings) OR revision NOT IN (SELECT id FROM revisions)
