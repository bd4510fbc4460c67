"""The web door: pages, signed links, JSON."""

from digest.web.application import create_app

__all__ = ["create_app"]
