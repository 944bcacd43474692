"""数え方. A small safe language that says how a figure is counted from registers: read, written, said, and counted."""

from sosei.evidence.measures.model import Measure
from sosei.evidence.measures.parser import fitting, parse
from sosei.evidence.measures.sentence import sentence
from sosei.evidence.measures.windows import Days, days
from sosei.evidence.measures.writing import write

__all__ = ["Days", "Measure", "days", "fitting", "parse", "sentence", "write"]
