DROP TABLE backup_stamp
