SELECT f.id, f.agency, f.period, f.filing, f.officer, f.device, f.time, f.previous, f.answers, f.software, f.size_limit FROM filings f ORDER BY f.number DESC
