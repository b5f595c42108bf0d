"""What do analysts get: which tables, with which columns?"""
