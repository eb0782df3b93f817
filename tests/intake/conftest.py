from tests.intake.post import post

__all__ = ["post"]
