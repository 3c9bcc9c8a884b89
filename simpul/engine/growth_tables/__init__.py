"""The L, M, S tables of WHO as shipped data (`who_lms.txt`); README.md says where they are from."""
