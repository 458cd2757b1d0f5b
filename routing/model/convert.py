"""Between the public models and the records that the program passes along; nothing is lost either way."""

from __future__ import annotations

from typing import Any

import msgspec

from routing.case.model import Assumptions as AssumptionsRecord
from routing.case.model import Case as CaseRecord
from routing.case.model import Need as NeedRecord
from routing.core.records import names
from routing.model.case import Assumptions, Case, Need
from routing.model.plan import Plan
from routing.plan.model import Plan as PlanRecord


def case_model(record: CaseRecord) -> Case:
    """The public model of a case."""
    return Case.model_validate(record)


def case_record(model: Case) -> CaseRecord:
    """The record of a case that a program holds. A part that is not of its form, as `model_copy` lets it be,
    stays what it is, for the reader of cases to tell."""
    parts: dict[str, Any] = {name: getattr(model, name, None) for name in names(CaseRecord)}
    if isinstance(needs := parts["needs"], tuple | list):
        parts["needs"] = tuple(map(_need_record, needs))
    if isinstance(assumed := parts["assume"], Assumptions):
        parts["assume"] = AssumptionsRecord(ties=assumed.ties)
    return CaseRecord(**parts)


def _need_record(need: object) -> Any:
    if not isinstance(need, Need):
        return need
    parts: dict[str, Any] = {name: getattr(need, name, None) for name in names(NeedRecord)}
    return NeedRecord(**parts)


def plan_model(record: PlanRecord) -> Plan:
    """The public model of a plan."""
    return Plan.model_validate(record)


def plan_record(model: Plan) -> PlanRecord:
    """The record of a plan that a program holds."""
    return msgspec.convert(model.model_dump(), PlanRecord)
