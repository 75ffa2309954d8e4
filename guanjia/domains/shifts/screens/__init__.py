"""What people open: my shift, handovers, pass-ons, who is out, transfers; and the same on the phone."""
