"""評価. Achievement, ranks, grades: proposals that name the rule that fired; a person decides."""

from sosei.judging.verdict import Context, Verdicts, judge

__all__ = ["Context", "Verdicts", "judge"]
