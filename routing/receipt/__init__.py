"""Receipts: what was decided, from which facts, by which rules and data, with the proof; and their replay."""

from routing.receipt.reading import read_receipt
from routing.receipt.replayed import Replay, replay
from routing.receipt.schema import receipt_schema
from routing.receipt.written import FORMAT, receipt_of, receipt_text

__all__ = ["FORMAT", "Replay", "read_receipt", "receipt_of", "receipt_schema", "receipt_text", "replay"]
