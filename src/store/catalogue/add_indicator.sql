INSERT INTO indicators (id, pillar, title, short, measure, unit, target, aggregate, task)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, CAST(?7 AS REAL), ?8, ?9)
