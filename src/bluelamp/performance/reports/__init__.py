"""What does a performance report say, and how does it become a paper? Pure: same figures, same report."""
