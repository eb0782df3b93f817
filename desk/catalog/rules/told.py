"""A routing rule in words."""

from msgspec import Struct

from desk.i18n import either, say


class RuleSaid(Struct, frozen=True):
    id: int
    when: list[str]
    then: str
    gone: str  # the handler who has left the company, if any


class RuleLine(Struct, frozen=True, kw_only=True):
    """A rule with the names and codes of what it is about."""

    id: int
    service: str | None
    service_zh: str | None
    service_en: str | None
    from_department: str | None
    from_zh: str | None
    from_en: str | None
    field: str | None
    field_zh: str | None
    field_en: str | None
    equals: str | None
    value_zh: str | None  # the label of the choice that `equals` is
    value_en: str | None
    contains: str | None
    department: str
    department_zh: str
    department_en: str
    handler: str | None
    handler_name: str | None
    handler_left: bool
    least: bool

    def told(self, language: str) -> RuleSaid:
        gone = self.handler_name if self.handler_left else None
        return RuleSaid(
            self.id, self._when(language) or [say(language, "catalog.when_always")], self._then(language), gone or ""
        )

    def typed(self) -> dict[str, str]:
        """The values as the rule's form shows them."""
        names = ("service", "from_department", "field", "equals", "contains", "department", "handler")
        return {name: getattr(self, name) or "" for name in names} | {"least": "on" if self.least else ""}

    def _when(self, language: str) -> list[str]:
        found = []
        if self.service is not None:
            name = either(language, self.service_zh or "", self.service_en or "")
            found.append(say(language, "catalog.when_service", name=name))
        if self.from_department is not None:
            name = either(language, self.from_zh or "", self.from_en or "")
            found.append(say(language, "catalog.when_from", name=name))
        if self.field is not None:
            name = either(language, self.field_zh or self.field, self.field_en or self.field)
            value = either(language, self.value_zh or "", self.value_en or "") or self.equals
            found.append(say(language, "catalog.when_field", name=name, value=value))
        if self.contains is not None:
            found.append(say(language, "catalog.when_contains", words=self.contains))
        return found

    def _then(self, language: str) -> str:
        department = either(language, self.department_zh, self.department_en)
        if self.handler is not None and not self.handler_left:
            return say(language, "catalog.then_named", department=department, name=self.handler_name)
        return say(language, "catalog.then_least" if self.least else "catalog.then_queue", department=department)
