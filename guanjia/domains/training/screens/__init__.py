"""What people open: what waits for me, exams and papers, the bank, courses and plan, the handbook, who is confirmed."""
