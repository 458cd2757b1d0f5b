"""Between the public models and the records that the program passes along; nothing is lost either way."""

from __future__ import annotations

import msgspec

from routing.case.model import Assumptions as AssumptionsRecord
from routing.case.model import Case as CaseRecord
from routing.case.model import Need as NeedRecord
from routing.core.records import names
from routing.model.case import Case
from routing.model.plan import Plan
from routing.plan.model import Plan as PlanRecord


def case_model(record: CaseRecord) -> Case:
    """The public model of a case."""
    return Case.model_validate(record)


def case_record(model: Case) -> CaseRecord:
    """The record of a case that a program holds."""
    needs = tuple(
        NeedRecord(**{name: getattr(need, name) for name in names(NeedRecord)}) for need in model.needs
    )
    parts = {name: getattr(model, name) for name in names(CaseRecord)}
    return CaseRecord(**parts | {"needs": needs, "assume": AssumptionsRecord(ties=model.assume.ties)})


def plan_model(record: PlanRecord) -> Plan:
    """The public model of a plan."""
    return Plan.model_validate(record)


def plan_record(model: Plan) -> PlanRecord:
    """The record of a plan that a program holds."""
    return msgspec.convert(model.model_dump(), PlanRecord)
