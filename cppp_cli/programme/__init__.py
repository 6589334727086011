"""The domain: people, case, sessions, timetable, audiences. Pure: no input or output, no clock, no printing."""
