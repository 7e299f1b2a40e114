"""Another register's file, read and checked row by row before anything is entered."""
