"""What if: changed cases, the smallest change that leads somewhere, and what differs."""
