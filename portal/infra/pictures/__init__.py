"""Pictures that people send: read and made anew in a child process, and compared with what was sent."""
