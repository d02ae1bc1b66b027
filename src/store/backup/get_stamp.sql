SELECT digest, changes FROM backup_stamp
