"""Whether this installation works, for load balancers and monitors."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from digest import deliveries
from digest.enums import DeliveryStatus
from digest.models import Delivery, Edition
from digest.web.site import Here

router = APIRouter()


@router.get("/healthz")
def healthz(site: Here) -> JSONResponse:
    """Answer 200 while the database answers, else 503; with the age of what matters.

    "held" means that some mail waits; `digest deliveries holds` tells why.
    """
    try:
        with site.database.read() as session:
            fetched = session.scalar(select(func.max(Edition.fetched_at)))
            waiting = session.scalar(
                select(func.min(Delivery.next_attempt_at)).where(
                    Delivery.status == DeliveryStatus.PLANNED
                )
            )
            held = Counter(hold.kind.value for hold in deliveries.active(session, site.clock()))
    except SQLAlchemyError as error:
        return JSONResponse({"status": "down", "database": type(error).__name__}, 503)
    return JSONResponse(
        {
            "status": "held" if held else "ok",
            "last_fetch": fetched.isoformat() if fetched else None,
            "held": held,
            "oldest_planned": waiting.isoformat() if waiting else None,
        }
    )
