INSERT INTO filings (id, agency, period, filing, officer, device, time, previous, answers, software, size_limit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
