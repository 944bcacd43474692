"""評価. Achievement, ranks, grades: proposals that name the rule that fired."""
