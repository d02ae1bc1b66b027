SELECT sha256 FROM filing_packages WHERE filing = ?1 ORDER BY part
