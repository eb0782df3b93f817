"""What every page needs and no domain knowledge: page(), forms, errors, cookies, headers, live updates."""

from desk.web.viewer import NavEntry, Viewer

__all__ = ["NavEntry", "Viewer"]
