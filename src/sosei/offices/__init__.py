"""団体と人. Bodies, departments with validity and successors, people, roles, deputies."""
