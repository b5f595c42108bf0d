"""Which papers are made of the record? Each is a function of a snapshot: same snapshot, same paper."""
