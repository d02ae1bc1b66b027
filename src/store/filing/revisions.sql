SELECT revision FROM filing_revisions WHERE filing = ?1 ORDER BY revision
