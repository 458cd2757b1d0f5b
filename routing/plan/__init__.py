"""Findings become a plan."""

from routing.plan.build import build_plan
from routing.plan.model import Plan

__all__ = ["Plan", "build_plan"]
