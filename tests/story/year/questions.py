"""監査の問い. What an auditor asks of the year."""

QUESTIONS: tuple = ()
