"""One person asking for one service: begin, answer, consult, submit, be told."""
