"""A case of which receipts are made."""

from __future__ import annotations

ORDER = {
    "state": "DEU",
    "as_of": "2026-11-24",
    "max_penalty_months": 60,
    "needs": [
        {
            "id": "content",
            "measure": "stored_content",
            "with": "LUX",
            "coercive": "yes",
            "purpose": "evidence",
            "data_holder": "provider_represented_in_eu",
            "data_category": "content",
        }
    ],
}
