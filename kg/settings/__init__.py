"""What an operator sets: the contact, the public address, and the hosts that are answered."""
