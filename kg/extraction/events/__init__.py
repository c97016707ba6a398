"""What a clause says happened: frames and what they need, types, directions and days."""
