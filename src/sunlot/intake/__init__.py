"""Reading what an office has (名录导入): untidy Excel and CSV in, a clean table and a report by row out. Nothing is dropped silently."""

from sunlot.intake.reading import read_roster
from sunlot.intake.table import Intake
from sunlot.intake.writing import write_intake

__all__ = ["Intake", "read_roster", "write_intake"]
