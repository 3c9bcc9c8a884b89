"""Backup and restore: everything an installation keeps, in one file with a hash of each member.

Rule: nothing of the installation is touched before every member of the file has been verified.
"""
